"""Lists of requests: readable rows only, paged by key. Markers of the others are a strip of their own."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

import asyncpg

from desk import db

Row: TypeAlias = asyncpg.Record
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_SHOWN = """
  t.id, t.number, t.title, t.tier, t.state, r.name as requester, q.name_zh as from_zh, q.name_en as from_en,
  s.name_zh as service_zh, s.name_en as service_en, t.critical, t.handler, h.name as handler_name
"""
_WORD = """
  p.id as promise, p.kind, p.due_at, p.breaks_at, p.state as promise_state, p.at_risk, p.what, p.person, p.started_at,
"""
_NAMES = """
  join people r on r.id = t.requester left join people h on h.id = t.handler join services s on s.id = t.service
  join departments q on q.id = t.requesting_department
"""
_NEXT_WORD = """
  left join lateral (select p.* from promises p
                      where p.ticket = t.id and p.settled_at is null and p.kind not in ('sign_off', 'ola')
                      order by p.state = 'paused', p.due_at limit 1) p on true"""
# A request stands in the queue once, by the word that is owed first there: what has used 75 % of its time is passed by
# nothing that has not; then the earliest due. LATERAL: `= any` would read all.
_QUEUE = (
    "select " + _WORD + _SHOWN + """
  from unnest($1::int[]) as of (department)
  cross join lateral (
    select p.* from promises p
     where p.department = of.department and p.settled_at is null and p.state <> 'paused'
       and ((not p.at_risk), p.due_at, p.id) > ($6, $2, $3) and p.kind <> 'sign_off'
       and not exists (select from promises e
                        where e.ticket = p.ticket and e.settled_at is null and e.state <> 'paused'
                          and e.kind <> 'sign_off' and e.department = p.department
                          and ((not e.at_risk), e.due_at, e.id) < ((not p.at_risk), p.due_at, p.id))
       and ($4::int is null
            or exists (select from tickets x where x.id = p.ticket and x.handler is not distinct from nullif($4, 0)))
     order by (not p.at_risk), p.due_at, p.id limit $5) p
  join tickets t on t.id = p.ticket""" + _NAMES + " order by (not p.at_risk), p.due_at, p.id limit $5"
)  # fmt: skip
# One text for each combination of filters: a plan that must fit `... is null or ...` reads the whole table.
_NEWEST = "select " + _WORD + _SHOWN + " from ({}) t" + _NAMES + _NEXT_WORD + " order by t.id desc"
_OF_ALL = "select x.* from tickets x where {} order by x.id desc limit $1"
_OF_EACH = (
    "select l.* from unnest($3::int[]) as of (department) cross join lateral (select x.* from tickets x"
    " where x.department = of.department and {} order by x.id desc limit $1) l order by l.id desc limit $1"
)
RUNNING = ("open", "waiting", "resolved")
_MINE = (
    "select t.resolved_at, t.lapses_at, d.name_zh as department_zh, d.name_en as department_en," + _WORD + _SHOWN + """
  from (select x.* from tickets x where x.requester = $1 and x.ended_at is null order by x.id desc limit $2) t"""
    + _NAMES + """
  join departments d on d.id = t.department""" + _NEXT_WORD + " order by t.id desc"
)  # fmt: skip
_OWED = (
    "select " + _WORD + _SHOWN + " from promises p join tickets t on t.id = p.ticket" + _NAMES
    + " where p.settled_at is null"
)  # fmt: skip
_TO_ME = _OWED + " and p.promisee = $1 order by p.due_at, p.id limit $2"
_BY_ME = _OWED + " and p.person = $1 order by p.due_at, p.id limit $2"
_COUNT = """
select count(*) from (
  select distinct p.ticket from unnest($1::int[]) as of (department)
   cross join lateral (select p.ticket from promises p
                        where p.department = of.department and p.settled_at is null and p.state <> 'paused'
                          and p.kind <> 'sign_off' limit $2) p
   limit $2) n
"""


@dataclass(frozen=True, kw_only=True)
class Key:
    """Where a page of the queue begins: after this promise."""

    at_risk: bool
    due_at: datetime
    promise: int


async def queue(departments: list[int], *, after: Key | None, handler: int | None, at_most: int) -> list[Row]:
    """Open requests, first what has used up three quarters of its time, then by due.

    `handler`: a person, 0 for nobody's, None for all.
    """
    key = after or Key(at_risk=True, due_at=_LONG_AGO, promise=0)
    return await db.fetch(_QUEUE, departments, key.due_at, key.promise, handler, at_most, not key.at_risk)


async def by_number(
    states: list[str],
    *,
    departments: list[int] | None = None,
    requester: int | None = None,
    handler: int | None = None,
    after_number: int | None = None,
    at_most: int,
) -> list[Row]:
    """The newest first, from the one before that number. `handler`: a person, 0 for nobody's, None for all."""
    wanted = ["x.state = any ($2)", *(["x.ended_at is null"] if set(RUNNING).issuperset(states) else [])]
    wanted += ["x.handler is null"] if handler == 0 else []
    values: list[Any] = [at_most, states, *([] if departments is None else [departments])]
    for condition, value in (
        ("x.requester = ${}", requester),
        ("x.handler = ${}", handler or None),
        ("x.id < (select y.id from tickets y where y.number = ${})", after_number),
    ):
        if value is not None:
            values.append(value)
            wanted.append(condition.format(len(values)))
    return await db.fetch(
        _NEWEST.format((_OF_ALL if departments is None else _OF_EACH).format(" and ".join(wanted))), *values
    )


async def mine(person: int, *, at_most: int = 30) -> list[Row]:
    """What this person has asked for and is not ended, with the word that is owed next."""
    return await db.fetch(_MINE, person, at_most)


async def to_me(person: int, *, at_most: int = 20) -> list[Row]:
    return await db.fetch(_TO_ME, person, at_most)


async def by_me(person: int, *, at_most: int = 20) -> list[Row]:
    return await db.fetch(_BY_ME, person, at_most)


async def queue_count(departments: list[int], *, cap: int = 1000) -> int:
    """Open requests with something owed, counted up to the cap: a badge need not know more."""
    count: int = await db.call(_COUNT, departments, cap)
    return count
