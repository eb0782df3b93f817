"""How requests came, went from hand to hand and left, from migrations/sql/flows.sql."""

from datetime import datetime

from msgspec import Struct

from desk import db
from desk.reports.queries.figures import Window
from desk.reports.rules.flow import Arrivals, Hand
from desk.tickets.rules.asks import ON_THE_SPOT

AT_MOST = 200
_ARRIVALS = "select quarter, came, went from report_arrivals($1, $2, $3)"
_HANDOVERS = "select other, came, n, waited, returned from report_handovers($1, $2, $3, $4)"
_HANDS = "select holder, department, n, wall, longest from report_hands($1, $2, $3)"
_SIGN_OFFS = "select spot_n, in_time, late, owed from report_sign_offs($1, $2, $3, $4)"
_FIRST_CONTACT = "select n, hits from report_first_contact($1, $2, $3)"
_TO_AND_FRO = """
select t.number, t.title, t.tier, r.other, r.times, r.last_at
  from report_to_and_fro($1, $2, $3, $4) r join tickets t on t.id = r.ticket
 order by r.times desc, r.last_at desc, t.id desc limit $5
"""
_ENDED = "select state, n from report_ended($1, $2, $3)"


class Handovers(Struct, frozen=True):
    """To the department (`came`) or from it; `waited`: p50 and the longest in the receiver's own hands, in seconds."""

    other: int
    came: bool
    n: int
    waited: tuple[int, int]
    returned: int


class ToAndFro(Struct, frozen=True):
    """A request that went between the department and another three times or more."""

    number: int
    title: str
    tier: int
    other: int
    times: int
    last_at: datetime


class SignOffs(Struct, frozen=True):
    on_the_spot: int
    in_time: int
    late: int
    owed: int


async def arrivals(of: Window) -> list[Arrivals]:
    return [Arrivals(**dict(row)) for row in await db.fetch(_ARRIVALS, of.department, of.since, of.until)]


async def handovers(of: Window) -> list[Handovers]:
    rows = await db.fetch(_HANDOVERS, *_asked(of))
    return [Handovers(row["other"], row["came"], row["n"], tuple(row["waited"]), row["returned"]) for row in rows]


async def to_and_fro(of: Window) -> list[ToAndFro]:
    """Those that the reader may read, most often passed first; one more than AT_MOST where there are more."""
    return [ToAndFro(**dict(row)) for row in await db.fetch(_TO_AND_FRO, *_asked(of), AT_MOST + 1)]


async def ended(of: Window) -> dict[str, int]:
    """How many were declined, withdrawn, merged; nothing of what there is none of."""
    rows = await db.fetch(_ENDED, of.department, of.since, of.until)
    return {row["state"]: row["n"] for row in rows}


async def hands(of: Window) -> list[Hand]:
    return [Hand(**dict(row)) for row in await db.fetch(_HANDS, of.department, of.since, of.until)]


async def sign_offs(of: Window) -> SignOffs:
    row = await db.fetch_one(_SIGN_OFFS, of.department, of.since, of.until, ON_THE_SPOT)
    return SignOffs(*row) if row else SignOffs(0, 0, 0, 0)


async def first_contact(of: Window) -> tuple[int, int]:
    """(at first contact, resolved)"""
    row = await db.fetch_one(_FIRST_CONTACT, of.department, of.since, of.until)
    return (row["hits"], row["n"]) if row else (0, 0)


def _asked(of: Window) -> tuple[object, ...]:
    return of.department, of.since, of.until, of.moment
