"""What time does to promises. Whatever is missed while no worker runs is found at the next look."""

from datetime import datetime

from desk import clock, db
from desk.sla.actions.sweep import sweep as sweep_promises

PORTION = 1000


async def sweep(at: datetime | None = None) -> int:
    """Mark what is at risk or broken by an instant, each once. Returns how many."""
    moment, marked = at or clock.now(), 0
    while True:
        async with db.acting_as(db.NOBODY):
            found = await sweep_promises(moment, at_most=PORTION)
        marked += found
        if found < PORTION:
            return marked
