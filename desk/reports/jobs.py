"""By the clock: days that have ended are added up, those that have changed since again; on Monday heads are told."""

from datetime import datetime, timedelta

from desk import clock, db
from desk.reports.actions import rolling, weekly
from desk.reports.queries import figures
from desk.reports.rules.pieces import Rolls, to_roll
from desk.sla.queries import clocks
from desk.sla.queries.clocks import Clock
from desk.sla.rules import instants


async def roll(at: datetime | None = None) -> int:
    """A department and month at a time, each its own transaction: whoever is stopped goes on. Returns how many days."""
    moment, rolled = at or clock.now(), 0
    async with db.acting_as(db.NOBODY, writing=False):
        calendars = {one.department: one for one in await clocks.all_clocks()}
        beginnings = await figures.beginnings()
        rolls = await figures.rolls({one: calendars[one].compiled.zone.key for one in beginnings})
    for department, begun in beginnings.items():
        rolled += await _roll(calendars[department], begun, rolls.get(department), moment)
    return rolled


async def _roll(calendar: Clock, begun: datetime, rolls: Rolls | None, moment: datetime) -> int:
    runs = to_roll(calendar.today(begun), calendar.today(moment), rolls)
    if rolls is None and runs:
        async with db.acting_as(db.NOBODY):
            await rolling.forget(calendar.department)
    for first, last in runs:
        days = [first + timedelta(days=n) for n in range((last - first).days + 2)]
        async with db.acting_as(db.NOBODY):
            starts = [instants.start_of(day, calendar.compiled.zone) for day in days]
            await rolling.roll(calendar.department, calendar.compiled.zone.key, first, starts, at=moment)
    return sum((last - first).days + 1 for first, last in runs)


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
