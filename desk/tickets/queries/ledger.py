"""What was promised and is still owed: by me, to me, by my departments. Readable rows only, the earliest due first."""

from dataclasses import dataclass
from datetime import UTC, datetime

from desk import db
from desk.i18n import NotFound
from desk.tickets.queries.lists import Row

_LONG_AGO, _NEVER = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
_LAST = 2**63 - 1
_COLUMNS = """
select p.id as promise, p.token, p.kind, p.what, p.started_at, p.due_at, p.breaks_at, p.state as promise_state,
       p.at_risk, p.renewal_at, t.number, t.title, t.tier, d.name_zh as department_zh, d.name_en as department_en,
       g.name as giver, m.name as promisee
"""
_NAMES = """
  join tickets t on t.id = p.ticket join departments d on d.id = p.department
  join people m on m.id = p.promisee left join people g on g.id = p.person
"""
_WINDOW = """
       p.settled_at is null and (p.due_at, p.id) > ($2, $3) and p.due_at <= $4 and p.breaks_at <= $5
   and (not $6 or p.renewal_at is not null)
"""
_ORDER = "order by p.due_at, p.id limit $7"
_OF = f"{_COLUMNS} from promises p {_NAMES} where {_WINDOW} and p.{{}} = $1 {_ORDER}"
_BY_ME = _OF.format("person")
_TO_ME = _OF.format("promisee")
_OF_ONE = f"""
(select p.* from promises p
  where p.department = of.department and {_WINDOW} and exists (select from tickets x where x.id = p.ticket)
    and p.state {{}} 'paused' {_ORDER})
"""  # noqa: S608 - of this file
# LATERAL: `= any` would read all. What is paused stands in an index of its own.
_OF_DEPARTMENTS = f"""
{_COLUMNS} from unnest($1::int[]) as of (department)
  cross join lateral ({_OF_ONE.format("<>")} union all {_OF_ONE.format("=")}) p {_NAMES} {_ORDER}
"""
_ASKED = f"""
{_COLUMNS}, a.name as asker from promises p {_NAMES}
  left join lateral (select q.name from promise_events e join people q on q.id = e.by
                      where e.promise = p.id and e.kind = 'renewal_asked' order by e.id desc limit 1) a on true
 where p.promisee = $1 and p.settled_at is null and p.renewal_at is not null and p.due_at > $2
 order by p.due_at, p.id limit $3
"""  # noqa: S608 - of this file
_REQUEST = "select t.number, t.title from promises p join tickets t on t.id = p.ticket where p.token = $1"


@dataclass(frozen=True)
class After:
    """Where a page begins: after this due and promise."""

    due_at: datetime
    promise: int


@dataclass(frozen=True, kw_only=True)
class Window:
    """Which of them: due after and until an instant, broken by then, asked to be moved."""

    after: datetime = _LONG_AGO
    until: datetime = _NEVER
    broken_by: datetime = _NEVER
    asked: bool = False


async def request_of(token: str) -> Row:
    """Number and title of the request that a promise belongs to. Raises NotFound."""
    row = await db.fetch_one(_REQUEST, token)
    if row is None:
        raise NotFound
    return row


async def by_me(person: int, window: Window, *, after: After | None, at_most: int) -> list[Row]:
    return await db.fetch(_BY_ME, person, *_place(window, after), at_most)


async def to_me(person: int, window: Window, *, after: After | None, at_most: int) -> list[Row]:
    return await db.fetch(_TO_ME, person, *_place(window, after), at_most)


async def of_departments(departments: list[int], window: Window, *, after: After | None, at_most: int) -> list[Row]:
    return await db.fetch(_OF_DEPARTMENTS, departments, *_place(window, after), at_most)


async def asked_of(person: int, *, at: datetime, at_most: int = 6) -> list[Row]:
    """Words given to somebody who is asked to agree to a later time."""
    return await db.fetch(_ASKED, person, at, at_most)


def _place(window: Window, after: After | None) -> tuple[datetime, int, datetime, datetime, bool]:
    begin = (window.after, _LAST)
    due, promise = max(begin, (after.due_at, after.promise)) if after else begin
    return due, promise, window.until, window.broken_by, window.asked
