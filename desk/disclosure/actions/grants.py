"""Letting somebody in beside the labels: asked for, given until a day, ended early, or by breaking glass."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desk import db
from desk.disclosure.queries import grants as queries
from desk.disclosure.rules import Facts, Overreach, check_glass, check_whom
from desk.i18n import Invalid, NotFound, Sentence
from desk.journal import actions as journal
from desk.journal.rules import Tag

_GIVE = "select give_grants($1, $2, $3, $4, $5, $6)"
_NOTE = "select note_ask($1, $2, $3, $4, $5, $6, $7, $8)"
REASON_LENGTH = 500


@dataclass(frozen=True, kw_only=True)
class Grant:
    """`until`: the instant at which it ends by itself."""

    to: int
    items: Sequence[str]
    until: datetime
    why: str
    ask: int | None = None  # the access request that it answers: id


async def note_ask(number: int, asked: Facts, until: date) -> None:
    """What the reader's own access request asks for."""
    await db.call(_NOTE, number, asked.of_number, *asked[1:], until)


async def give(grant: Grant, *, guest: bool, roles: Collection[str]) -> list[str]:
    """The locks of what was granted first. `guest`: whom it is for; `roles`: the giver's. Raises Overreach, Invalid."""
    check_whom(db.reader().person or 0, grant.to, guest=guest, roles=roles)
    if not grant.items:
        raise Invalid({"items": Sentence("disclosure.grant_nothing")})
    await queries.check_may_grant(grant.items, grant.until)
    audience: list[str] = await db.call(
        _GIVE, grant.to, list(grant.items), secrets.token_urlsafe(12), grant.until, reason(grant.why), grant.ask
    )
    return audience


async def end_grant(token: str, *, at: datetime) -> None:
    """Early, by who gave or holds it or owns what it opens. Raises NotFound."""
    row = await db.fetch_one("select * from end_grant($1)", token)
    if row is None:
        raise NotFound
    recipient = {"recipient": row["person"]} if row["person"] != db.reader().person else {}
    await journal.write(
        Tag.GRANT_ENDED, row["item"], at=at, audience=row["audience"], ticket=row["ticket"], **recipient
    )


async def ask_glass(number: int, why: str, minutes: int | None, *, roles: Collection[str], at: datetime) -> None:
    """By an auditor; the request is opened when a second person has agreed, and not looked for before."""
    length = check_glass(roles, minutes)
    me, token = db.reader().person, secrets.token_urlsafe(12)
    await db.call("select ask_glass($1, $2, $3, $4)", token, number, reason(why), length)
    await journal.write(Tag.GLASS_ASKED, f"person:{me}", at=at, audience=[f"person:{me}"], minutes=length)


async def agree_glass(token: str, *, at: datetime) -> None:
    """The second person's yes: it is open now, and the owners are told. Raises Overreach."""
    if not await db.call("select agree_glass($1)", token):
        raise Overreach("glass_not_second")
    me = db.reader().person
    await journal.write(Tag.GLASS_AGREED, f"person:{me}", at=at, audience=[f"person:{me}"])


async def note_try(what: str, *, at: datetime) -> None:
    """A try that was refused, in a transaction of its own: what was wanted is known by its code only."""
    me = db.reader().person
    await journal.write(Tag.GRANT_TRIED, f"person:{me}", at=at, audience=[f"person:{me}"], what=what)


def reason(words: str, field: str = "reason") -> str:
    """One sentence. Raises Invalid."""
    text = " ".join(words.split())
    if not text:
        raise Invalid({field: Sentence("disclosure.grant_reason_needed")})
    if len(text) > REASON_LENGTH:
        raise Invalid({field: Sentence("disclosure.grant_reason_long", most=REASON_LENGTH)})
    return text
