"""A request as an action needs it, together with the one who acts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk import db
from desk.disclosure import queries as disclosure
from desk.disclosure.rules import Label, Parties, Writer
from desk.i18n import Invalid, NotFound, Sentence
from desk.sla.queries import clocks
from desk.sla.queries.clocks import Clock
from desk.sla.rules.policies import Priority
from desk.tickets.rules.states import Actor, State

OF_THE_DESK = ("reply", "cannot_tell", "question", "outcome", "decline")

_CASE = f"""
select t.id, t.number, t.service, t.department, t.requester, t.requesting_department, t.handler, t.state, t.priority,
       t.critical, t.resolved_at, t.ended_at, t.reopened, t.tier, t.owner_department, t.reason, t.sentence, t.opens_on,
       t.opens_to, t.day, t.audience, t.id = any (reader_recused()) as recused,
       (select c.id from calendars c where c.department = t.department order by c.version desc limit 1) as calendar, w.*
  from tickets t, ({disclosure.WRITER}) w where t.number = $3
"""  # noqa: S608 - a constant of disclosure
_HELD = _CASE + " for no key update of t"


@dataclass(frozen=True, kw_only=True)
class Case:
    id: int
    number: int
    service: int
    department: int
    requester: int
    requesting_department: int
    handler: int | None
    priority: Priority
    critical: bool  # carries a critical target
    state: State
    resolved_at: datetime | None
    ended_at: datetime | None
    reopened: int
    label: Label
    audience: list[str]
    writer: Writer
    calendar: int | None = None  # the newest of the department, where it was read along

    @property
    def actor(self) -> Actor:
        return Actor(self.writer.person, self.writer.levels, self.writer.guest)

    @property
    def parties(self) -> Parties:
        return Parties(
            requester=self.requester,
            requesting=self.requesting_department,
            serving=self.department,
            label=self.label,
        )

    @property
    def item(self) -> str:
        return f"ticket:{self.id}"


async def case(number: int, *, at: datetime) -> Case:
    """Raises NotFound for what does not exist and for what the reader may not read, alike."""
    me = db.reader().person
    return _found(await db.fetch_one(_CASE, me, at, number), me)


async def other_case(number: int, *, at: datetime) -> Case:
    """Of a number that somebody typed. Raises Invalid, with the same words for what is hidden and what never was."""
    try:
        return await case(number, at=at)
    except NotFound as refusal:
        raise Invalid({"other": refusal.sentence}) from None


async def held(number: int, *, at: datetime) -> Case:
    """For an action: it stays as it was read until the transaction ends; who acts on it at the same time waits."""
    me = db.reader().person
    return _found(await db.fetch_one(_HELD, me, at, number), me)


async def both(number: int, other: int, *, at: datetime) -> tuple[Case, Case]:
    """Two at once, held in the order of their numbers so that nobody waits in a circle.

    Raises NotFound for the first, Invalid with the same words for an other one that is hidden or was never filed.
    """
    if number == other:
        same = await held(number, at=at)
        return same, same
    found = {each: await _held_if_any(each, at) for each in sorted((number, other))}
    one, two = found[number], found[other]
    if one is None:
        raise NotFound
    if two is None:
        raise Invalid({"other": Sentence("disclosure.refusal")})
    return one, two


async def _held_if_any(number: int, at: datetime) -> Case | None:
    me = db.reader().person
    row = await db.fetch_one(_HELD, me, at, number)
    return None if row is None or me is None else case_in(row, me)


def _found(row: Any, me: int | None) -> Case:
    if row is None or me is None:
        raise NotFound
    return case_in(row, me)


def case_in(row: Any, me: int) -> Case:
    """Of a row that has these columns and more."""
    return Case(
        **{name: row[name] for name in ("id", "number", "service", "department", "requester", "requesting_department")},
        **{name: row[name] for name in ("handler", "critical", "resolved_at", "ended_at", "reopened", "audience")},
        priority=Priority(row["priority"]),
        state=State(row["state"]),
        label=disclosure.label_of(row),
        writer=disclosure.writer_in(row, me),
        calendar=row.get("calendar"),
    )


async def clock(case: Case) -> Clock:
    """Of the department that serves. Raises Refused when it has none."""
    return await (clocks.clock(case.department) if case.calendar is None else clocks.version(case.calendar))


async def is_readable(number: int) -> bool:
    return bool(await db.call("select exists (select from tickets where number = $1)", number))


async def workers(case: Case) -> list[int]:
    """Whoever spoke for the desk in this request, or has it in hand."""
    rows = await db.fetch(
        "select distinct author from updates where ticket = $1 and kind = any ($2)", case.id, list(OF_THE_DESK)
    )
    return sorted({row["author"] for row in rows} | ({case.handler} if case.handler else set()))
