"""The promises behind a figure, as far as the reader may read them."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from desk import db
from desk.reports.queries.figures import Window
from desk.reports.rules.leaves import LEAF, before
from desk.reports.rules.pieces import Pieces, StartOf

FIRST = 50  # on the report itself
_COLUMNS = """
select t.number, t.title, t.tier, p.token, r.kind, r.service, w.name as waits, h.name as handler,
       d.name_zh as holder_zh, d.name_en as holder_en, p.calendar,
       p.started_at, p.due_at, p.reopened_at, p.settled_at, r.failed, r.given_up, e.cause, e.reason
"""
_AROUND = """
  join promises p on p.id = r.promise
  join tickets t on t.id = r.ticket
  join people w on w.id = p.promisee
  left join lateral (select o.department from hops o
                      where o.ticket = t.id and o.since <= coalesce(p.reopened_at, p.breaks_at)
                        and (o.until is null or o.until > coalesce(p.reopened_at, p.breaks_at))
                      order by o.since desc limit 1) o on true
  left join departments d on d.id = o.department
  left join people h on h.id = p.person and p.department = o.department
  left join lateral (select s.cause, s.reason from escalations s
                      where s.promise = p.id and s.reason is not null order by s.level desc limit 1) e on true
"""
_REPORTED = " from reported($1, $2, $3, $4) r "
_NARROWED = """
 where ($5::text is null or r.kind = $5) and ($6::integer is null or r.service = $6)
   and (r.failed is not null or not $7) and (r.same_day or not $8)
"""
_STILL = " from owed($1, $2, $3) r "
_LATE = " where (r.failed is not null) = $4::boolean "
_ORDER = " order by r.at desc, r.promise desc"
_OF = _COLUMNS + " from (select r.*"
_ROWS = _OF + _REPORTED + _NARROWED + _ORDER + " limit $9 offset $10) r" + _AROUND + _ORDER
_OWED = _OF + _STILL + _LATE + _ORDER + " limit $5 offset $6) r" + _AROUND + _ORDER
_FAILED = _COLUMNS + _REPORTED + _AROUND + " where r.promise = any ($5)" + _ORDER + " limit $6"
_READABLE = "select count(*)" + _REPORTED + _NARROWED
_READABLE_OWED = "select count(*)" + _STILL + _LATE
_READABLE_OF = "select count(*) from promises p join tickets t on t.id = p.ticket where p.id = any ($1)"
_FAILURES = "select report_failures($1, $2, $3, $4, $5, $6)"
_CAUSES = "select cause, n from report_causes($1, $2)"


class Row(Struct, frozen=True, kw_only=True):
    """`failed`: broken, overdue, reopened, or none; `holder`: in whose hands the request was when it failed, and
    `handler` there, where it has not gone on since; `given_up`: nobody owes it any more, and nobody has done it.
    """

    number: int
    title: str
    tier: int
    token: str
    kind: str
    service: int
    waits: str
    handler: str | None
    holder_zh: str | None
    holder_en: str | None
    calendar: int
    started_at: datetime
    due_at: datetime
    reopened_at: datetime | None
    settled_at: datetime | None
    failed: str | None
    given_up: bool
    cause: str | None
    reason: str | None


class Owed(StrEnum):
    OVERDUE = "overdue"
    TODAY = "today"


class Wanted(Struct, frozen=True):
    """Which of a window's promises: None is any."""

    kind: str | None = None
    service: int | None = None
    failures: bool = True  # only those
    same_day: bool = False  # only what was owed on the same day
    owed: Owed | None = None  # instead: what is owed at the beginning of the window, or will be late before its end


async def rows(of: Window, wanted: Wanted, leaf: int = 1) -> list[Row]:
    """What counts last first; one more than a leaf holds where there are more."""
    part = (LEAF + 1, before(leaf))
    if wanted.owed:
        return [_row(row) for row in await db.fetch(_OWED, *_still(of, wanted), *part)]
    return [_row(row) for row in await db.fetch(_ROWS, *_asked(of, wanted), *part)]


async def each(of: Window, wanted: Wanted) -> AsyncIterator[Row]:
    """All of them, in the same order, and never many at once: by weeks, so that no statement has many to sort."""
    every = (None, 0)
    if wanted.owed:
        async for row in db.rows(_OWED, *_still(of, wanted), *every):
            yield _row(row)
        return
    for week in _weeks(of):
        async for row in db.rows(_ROWS, *_asked(week, wanted), *every):
            yield _row(row)


def _weeks(of: Window) -> Iterator[Window]:
    """Its parts, the last first."""
    until = of.until
    while until > of.since:
        since = max(of.since, until - timedelta(weeks=1))
        yield replace(of, since=since, until=until)
        until = since


async def readable(of: Window, wanted: Wanted) -> int:
    """How many of them the reader may read."""
    if wanted.owed:
        return int(await db.call(_READABLE_OWED, *_still(of, wanted)))
    return int(await db.call(_READABLE, *_asked(of, wanted)))


async def failures(of: Window, pieces: Pieces, start_of: StartOf) -> list[int]:
    """Names of the promises that failed; whether the reader may read one is asked with its row."""
    spans, days = pieces.spans, pieces.cells
    found = await db.call(
        _FAILURES,
        of.department,
        [one.since for one in spans],
        [one.until for one in spans],
        [start_of(one.first) for one in days],
        [start_of(one.last + timedelta(days=1)) for one in days],
        of.moment,
    )
    return list(found)


async def causes(of: Window, names: list[int]) -> dict[str, int]:
    """How many failed for which cause; "" is what nobody has explained yet."""
    return {row["cause"] or "": row["n"] for row in await db.fetch(_CAUSES, of.department, names)}


async def failed_rows(of: Window, names: list[int]) -> list[Row]:
    """What counts last first; one more than FIRST where there are more."""
    found = await db.fetch(_FAILED, of.department, of.since, of.until, of.moment, names, FIRST + 1)
    return [_row(row) for row in found]


async def readable_of(names: list[int]) -> int:
    return int(await db.call(_READABLE_OF, names))


def _row(row: Any) -> Row:
    return Row(**dict(row))


def _still(of: Window, wanted: Wanted) -> tuple[object, ...]:
    return of.department, of.since, of.until, wanted.owed is Owed.OVERDUE


def _asked(of: Window, wanted: Wanted) -> tuple[object, ...]:
    window = (of.department, of.since, of.until, of.moment)
    return (*window, wanted.kind, wanted.service, wanted.failures, wanted.same_day)
