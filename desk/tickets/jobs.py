"""What time does to requests: silence accepts, confidentiality ends."""

from datetime import datetime

from desk import clock, db
from desk.disclosure import actions as disclosure
from desk.queue import wake
from desk.tickets.actions.lapsing import lapse

PORTION = 500


async def sweep(at: datetime | None = None) -> None:
    """Everything that is due by an instant, in portions; each thing once, however late."""
    moment = at or clock.now()
    while await _portion(moment) == PORTION:
        pass


async def _portion(moment: datetime) -> int:
    async with db.acting_as(db.NOBODY):
        lapsed = await lapse(moment, at_most=PORTION)
        opened = await disclosure.open_due(moment.date(), at=moment)
        if opened:
            db.after_commit("wake", wake)
        return max(lapsed, opened)
