"""The ledger as the reader may see it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from desk import db
from desk.sla.queries import clocks
from desk.sla.rules import instants, targets
from desk.sla.rules.events import Event
from desk.sla.rules.facts import Fact
from desk.sla.rules.kinds import Kind, Standing
from desk.sla.rules.policies import Named

_OWED = """
select id, ticket, of_update, kind, department, person, promisee, calendar, target, started_at, due_at, breaks_at,
       at_risk, state, renewal_at, settled_at, audience
  from promises where ticket = $1 and kind = any($2) and (settled_at is null) <> $3 order by id for update
"""
_WHERE = "where ticket = $1 and kind = any($2) and (settled_at is null) <> $3"
_LOOKED_AT = _OWED.replace(" for update", "")
_ONE = _OWED.replace(_WHERE, "where token = $1 and settled_at is null")
_BY_WORDS = _OWED.replace(_WHERE, "where of_update = $1 and kind = any($2) and settled_at is null")


class Owed(Struct, frozen=True, kw_only=True):
    """A promise that an action is about to change."""

    id: int
    ticket: int
    of_update: int | None
    kind: Kind
    department: int
    person: int | None
    promisee: int
    calendar: int
    target: str
    started_at: datetime
    due_at: datetime
    breaks_at: datetime
    at_risk: bool
    state: Standing
    renewal_at: datetime | None
    settled_at: datetime | None
    audience: list[str]

    @property
    def item(self) -> str:
        return f"ticket:{self.ticket}" if self.of_update is None else f"update:{self.of_update}"


async def owed(ticket: int, kinds: Sequence[Kind], *, settled: bool = False) -> list[Owed]:
    """Locked until the transaction ends, so that two actions on one promise follow each other."""
    return [_owed(row) for row in await db.fetch(_OWED, ticket, [kind.value for kind in kinds], settled)]


async def still_owed(ticket: int, kinds: Sequence[Kind]) -> list[Owed]:
    """The same for who only looks: nothing is locked."""
    return [_owed(row) for row in await db.fetch(_LOOKED_AT, ticket, [kind.value for kind in kinds], False)]


async def one_owed(token: str) -> Owed | None:
    """The same for one promise; None for what is settled, and for what does not exist or may not be read."""
    row = await db.fetch_one(_ONE, token)
    return row and _owed(row)


async def owed_by_words(update: int, kinds: Sequence[Kind]) -> list[Owed]:
    """What was given with these words, or asked by them, and is still owed."""
    return [_owed(row) for row in await db.fetch(_BY_WORDS, update, [kind.value for kind in kinds])]


def _owed(row: Any) -> Owed:
    return Owed(**{**row, "kind": Kind(row["kind"]), "state": Standing(row["state"])})


class Told(Struct, frozen=True, kw_only=True):
    """A promise as pages and the API tell it."""

    id: int
    token: str
    ticket: int
    of_update: int | None
    kind: Kind
    state: Standing
    department: int
    department_zh: str
    department_en: str
    person: int | None
    person_name: str | None
    promisee: int
    promisee_name: str
    what: str | None
    target: str
    calendar: int
    started_at: datetime
    due_at: datetime
    breaks_at: datetime
    at_risk: bool
    renewal_at: datetime | None
    renewal: str | None  # JSON {name, words, until} of who asks to move it
    level: int  # how many of its thresholds have fired
    settled_at: datetime | None
    events: str | None  # JSON [{at, kind, reason, data}] of what is still owed, and of every word that was moved


_LISTED = """
json_agg(json_build_object('at', e.at, 'kind', e.kind, 'reason', e.reason, 'data', e.data) order by e.id)::text
"""
EVENTS = f"select {_LISTED} from promise_events e where e.promise = $1"  # noqa: S608 - a constant of this file
_OPEN = "(p.settled_at is null or p.state = 'paused')"
_MOVED = "e.kind in ('renewal_asked', 'renewed', 'renewal_refused')"
_TOLD = f"""
select p.id, p.token, p.ticket, p.kind, p.state, p.department, p.person, p.promisee, p.what, p.target::text, p.calendar,
       p.started_at, p.due_at, p.breaks_at, p.at_risk, p.level, p.settled_at,
       d.name_zh as department_zh, d.name_en as department_en, m.name as promisee_name, q.name as person_name,
       p.of_update, p.renewal_at, case when p.renewal_at is not null then v.renewal end as renewal, v.events
  from promises p join departments d on d.id = p.department join people m on m.id = p.promisee
  left join people q on q.id = p.person
  left join lateral (
    select case when {_OPEN} or bool_or({{all}} or {_MOVED}) then {_LISTED} end as events,
           (array_agg(json_build_object('name', a.name, 'words', e.data ->> 'words', 'until', p.renewal_at)
                      order by e.id desc) filter (where a.id is not null))[1]::text as renewal
      from promise_events e left join people a on a.id = e.by and e.kind = 'renewal_asked'
     where e.promise = p.id and ({{all}} or {_OPEN} or p.kind = 'expectation')) v on true
 where {{these}} order by p.settled_at is not null, p.state = 'paused', p.due_at, p.id
"""  # noqa: S608 - a constant of this file
OF_TICKET = _TOLD.format(all=False, these="p.ticket = $1")
_CALLED = _TOLD.format(all=True, these="p.token = $1")


async def of_ticket(ticket: int) -> list[Told]:
    """What is owed first, by due; then what is settled."""
    return [_told(row) for row in await db.fetch(OF_TICKET, ticket)]


async def called(token: str) -> Told | None:
    """With all that happened to it, also when it is settled."""
    row = await db.fetch_one(_CALLED, token)
    return row and _told(row)


def _told(row: Any) -> Told:
    return Told(**{**row, "kind": Kind(row["kind"]), "state": Standing(row["state"])})


async def facts(promise: Told, now: datetime) -> tuple[Fact, ...]:
    """Why it is due then: a pure function of what the ledger holds."""
    clock = await clocks.version(promise.calendar)
    events = events_of(promise.events) or [Event(instants.seconds(promise.started_at), "opened")]
    target = targets.read(msgspec.json.decode(promise.target))
    return clock.owed(events, target, instants.seconds(now)).why


class _Row(Struct, frozen=True):
    at: datetime
    kind: str
    reason: str | None = None
    data: dict[str, Any] = {}


def rows_of(listed: str | None) -> list[_Row]:
    """From JSON [{at, kind, reason, data}]."""
    return msgspec.json.decode(listed or "[]", type=list[_Row])


def events_of(listed: str | None) -> list[Event]:
    return [_event(row) for row in rows_of(listed)]


def _event(row: _Row) -> Event:
    aim, rule, passed = (row.data.get(name) for name in ("target", "rule", "passed"))
    return Event(
        instants.seconds(row.at), row.kind, row.reason, None if aim is None else targets.read(aim),
        row.data.get("floor"), row.data.get("version"), rule and msgspec.convert(rule, Named),
        passed and msgspec.convert(passed, Named),
    )  # fmt: skip
