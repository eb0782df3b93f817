"""Core words and seals: a second person of another line is asked, and nothing is shut before their yes."""

import secrets
from datetime import date, datetime

from desk import db, locks
from desk.directory import queries as directory
from desk.disclosure.queries import Portion
from desk.disclosure.queries.countersigns import Asked
from desk.disclosure.rules import Reason, changes, seconds
from desk.disclosure.rules.changes import Wish
from desk.disclosure.rules.seconds import InLine
from desk.disclosure.tables import Countersign
from desk.i18n import Invalid, Refused, Sentence
from desk.journal import actions as journal
from desk.journal.rules import Tag

CORE, SEAL = "core", "seal"
_ANSWER = "select answer_countersign($1, $2, $3, $4)"


async def ask_for(kind: str, portion: Portion, wish: Wish, second: str, *, at: datetime, today: date) -> str:
    """The token of what the second person (a login) is asked. Raises Invalid, Refused, Forbidden."""
    if kind == CORE:
        until = changes.core(portion.held, wish, portion.writer, today).opens_on
    else:
        until = changes.seal(portion.held, wish, portion.writer, today)
    known = await second_called(second)
    other = await in_line(known, at) if known is not None else None
    agreeing = seconds.check_second(await in_line(portion.writer.person, at), other).person
    if await db.call(_PENDING, portion.item, kind):
        raise Refused("disclosure.asked_already")
    assert until is not None, "core words open on some day"
    return await _write(portion, kind, wish, second=agreeing, until=until, at=at)


_PENDING = "select exists (select from countersigns where item = $1 and kind = $2 and answered_at is null)"


async def _write(portion: Portion, kind: str, wish: Wish, *, second: int, until: date, at: datetime) -> str:
    token = secrets.token_urlsafe(12)
    audience = sorted({locks.person(portion.writer.person), locks.person(second)})
    row = Countersign(
        token=token, ticket=portion.ticket, item=portion.item, kind=kind, reason=Reason(wish.reason or "").value,
        sentence=wish.sentence.strip(), until=until, owner=portion.held.label.owner, asked_by=portion.writer.person,
        asked_at=at, second=second, audience=audience,
    )  # fmt: skip
    (written,) = await Countersign.insert(row)
    subject = f"countersign:{written['id']}"
    await journal.write(Tag.COUNTERSIGN_ASKED, subject, at=at, audience=audience, recipient=second, kind=kind)
    return token


async def answer(asked: Asked, agree: bool, *, at: datetime, today: date) -> None:
    """Of the second person. What was asked for stands from now on, or does not. Raises Refused, Invalid."""
    me = db.reader().person
    if me != asked.second:
        raise Refused("disclosure.only_second_answers")
    if asked.answered_at is not None:
        raise Refused("disclosure.answered_already")
    if agree:
        seconds.check_second(await in_line(asked.asked_by, at), await in_line(asked.second, at))
    await db.call(_ANSWER, asked.token, agree, at, today)


async def second_called(login: str) -> int | None:
    """Raises Invalid for a name that nobody has."""
    if not login.strip():
        return None
    try:
        return (await directory.person_called(login.strip())).id
    except Refused:
        raise Invalid({"second": Sentence("directory.no_such_person")}) from None


async def in_line(person: int, at: datetime) -> InLine:
    who, levels = await directory.person(person), await directory.levels(person)
    led = {one.id for one in await directory.led(person, at)}
    works = not who.guest and (who.left_at is None or who.left_at > at)
    answers = any(level >= changes.HANDLER for level in levels.values()) or bool(led)
    answers = answers or "auditor" in await directory.roles(person)
    departments = frozenset({who.department, *levels, *led})
    above = tuple(await directory.line(person, at))
    return InLine(person=person, above=above, departments=departments, answers=works and answers)
