"""The requests behind a figure of how they flow, as far as the reader may read them."""

from collections.abc import AsyncIterator
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from desk import db
from desk.reports.queries.figures import Window
from desk.reports.rules.leaves import LEAF, before

_ROWS = """
select t.number, t.title, t.tier, t.state, t.filed_at, t.resolved_at from tickets t
 where t.id = any (report_requests($1, $2, $3, $4, $5, $6)) order by t.filed_at desc, t.id desc limit $7 offset $8
"""


class What(StrEnum):
    CAME = "came"
    WENT = "went"
    RECEIVED = "received"  # from another department
    HANDED = "handed"  # to it
    ASKED_BY = "asked_by"  # came, and somebody of that department had asked
    FINISHED = "finished"
    HELD = "held"  # finished, and before that in the hands of that department
    RESOLVED = "resolved"  # of one service, or of any
    AT_ONCE = "at_once"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # by the requester
    MERGED = "merged"  # into another
    BACKLOG = "backlog"  # at hand now, of one age or of any


BY_DEPARTMENT = (What.RECEIVED, What.HANDED, What.ASKED_BY, What.HELD)


class Request(Struct, frozen=True):
    number: int
    title: str
    tier: int
    state: str
    filed_at: datetime
    resolved_at: datetime | None


async def requests(of: Window, what: What, other: int | None, leaf: int = 1) -> list[Request]:
    """The last filed first; one more than a leaf holds where there are more. `other`: a department, or a service."""
    rows = await db.fetch(_ROWS, *_asked(of, what, other), LEAF + 1, before(leaf))
    return [Request(**dict(row)) for row in rows]


async def each(of: Window, what: What, other: int | None) -> AsyncIterator[Request]:
    """All of them, in the same order, and never many at once."""
    async for row in db.rows(_ROWS, *_asked(of, what, other), None, 0):
        yield Request(**dict(row))


def _asked(of: Window, what: What, other: int | None) -> tuple[object, ...]:
    return of.department, of.since, of.until, of.moment, what.value, other
