"""The promises behind a figure, as far as the reader may read them; markers in place of the others."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from msgspec import Struct

from desk import db
from desk.disclosure.queries.markers import marker
from desk.disclosure.rules import Marker
from desk.reports.queries.figures import Window
from desk.reports.rules.leaves import LEAF, before
from desk.reports.rules.pieces import Pieces, StartOf

FIRST = 50  # on the report itself
_SELECT = """
select t.number, t.title, t.tier, p.token, r.kind, r.service, w.name as waits, h.name as handler,
       d.name_zh as holder_zh, d.name_en as holder_en, p.calendar,
       p.started_at, p.due_at, p.reopened_at, p.settled_at, r.failed, r.given_up, e.cause, e.reason
  from reported($1, $2, $3, $4) r
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
_ROWS = (
    _SELECT
    + """
 where ($5::text is null or r.kind = $5) and ($6::integer is null or r.service = $6)
   and (r.failed is not null or not $7) and (r.same_day or not $8)
 order by r.at desc, p.id desc limit $9 offset $10
"""
)
_FAILED = (
    _SELECT
    + """
 where r.promise = any ($5) order by r.at desc, p.id desc limit $6
"""
)
_FAILURES = "select report_failures($1, $2, $3, $4, $5, $6)"
_CAUSES = "select cause, n from report_causes($1, $2)"
_FAILURE_MARKERS = "select * from failure_markers($1, $2)"
_MARKERS = "select * from report_markers($1, $2, $3, $4, $5, $6, $7, $8)"


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


class Wanted(Struct, frozen=True):
    """Which of a window's promises: None is any."""

    kind: str | None = None
    service: int | None = None
    failures: bool = True  # only those
    same_day: bool = False  # only what was owed on the same day


async def rows(of: Window, wanted: Wanted, leaf: int = 1) -> list[Row]:
    """What counts last first; one more than a leaf holds where there are more."""
    found = await db.fetch(_ROWS, *_asked(of, wanted), LEAF + 1, before(leaf))
    return [Row(**dict(row)) for row in found]


async def each(of: Window, wanted: Wanted) -> AsyncIterator[Row]:
    """All of them, in the same order, and never many at once."""
    async for row in db.rows(_ROWS, *_asked(of, wanted), None, 0):
        yield Row(**dict(row))


async def markers(of: Window, wanted: Wanted) -> list[Marker]:
    return [marker(row) for row in await db.fetch(_MARKERS, *_asked(of, wanted))]


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
    return [Row(**dict(row)) for row in found]


async def failure_markers(of: Window, names: list[int]) -> list[Marker]:
    return [marker(row) for row in await db.fetch(_FAILURE_MARKERS, of.department, names)]


def _asked(of: Window, wanted: Wanted) -> tuple[object, ...]:
    window = (of.department, of.since, of.until, of.moment)
    return (*window, wanted.kind, wanted.service, wanted.failures, wanted.same_day)
