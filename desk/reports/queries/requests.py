"""The requests behind a figure of how they flow, as far as the reader may read them; markers in place of the others."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from desk import db
from desk.disclosure.queries.markers import marker
from desk.disclosure.rules import Marker
from desk.reports.queries.figures import Window
from desk.reports.rules.leaves import LEAF, before

_ROWS = """
select t.number, t.title, t.tier, t.state, t.filed_at, t.resolved_at from tickets t
 where t.id = any (report_requests($1, $2, $3, $4, $5, $6)) order by t.filed_at desc, t.id desc limit $7 offset $8
"""
_MARKERS = "select * from report_request_markers($1, $2, $3, $4, $5, $6)"


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
    asked = (of.department, of.since, of.until, of.moment, what.value, other)
    rows = await db.fetch(_ROWS, *asked, LEAF + 1, before(leaf))
    return [Request(**dict(row)) for row in rows]


async def markers(of: Window, what: What, other: int | None) -> list[Marker]:
    rows = await db.fetch(_MARKERS, of.department, of.since, of.until, of.moment, what.value, other)
    return [marker(row) for row in rows]
