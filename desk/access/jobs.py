"""Reading that is out of the ordinary is told to the head of the department whose words they are, the same day."""

from datetime import datetime

from desk import clock, db
from desk.disclosure import actions as disclosure
from desk.disclosure.queries import readers
from desk.disclosure.queries.readers import Reading
from desk.disclosure.rules.unusual import Day, unusual
from desk.sla.queries import clocks


async def weigh_reading(at: datetime | None = None) -> int:
    """What was read today outside one's own department. Returns how much was told; nothing is told twice on a day."""
    moment, told = at or clock.now(), 0
    async with db.acting_as(db.NOBODY):
        for one in await readers.elsewhere(disclosure.day_of(moment)):
            day = Day(
                found=one.found, usual=one.usual, glass=one.glass, first_grant_in_hours=await _in_hours(one)
            )  # fmt: skip
            for why in unusual(day):
                told += await disclosure.tell_unusual(one, why, at=moment)
    return told


async def _in_hours(one: Reading) -> bool | None:
    """None where no grant was used for the first time, or no calendar says."""
    if one.granted_at is None or await clocks.newest(one.department) is None:
        return None
    return (await clocks.clock(one.department)).is_in_hours(one.granted_at)
