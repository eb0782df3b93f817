"""By the clock: on Monday each head is told how the week before went."""

from datetime import datetime

from desk import clock, db
from desk.reports.actions import weekly


async def tell_the_week(at: datetime | None = None) -> int:
    """A letter for each department, in a transaction of its head; one that fails keeps nobody else from theirs.
    Returns how many were written.
    """
    moment, told = at or clock.now(), 0
    faults: list[Exception] = []
    async with db.acting_as(db.NOBODY, writing=False):
        due = await weekly.due(moment)
    for one in due:
        try:
            async with db.acting_as(db.Reader(one.head)):
                told += await weekly.tell(one, at=moment)
        except db.Unavailable:
            raise
        except Exception as fault:
            faults.append(fault)
    if faults:
        raise faults[0]
    return told
