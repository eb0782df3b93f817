"""What time does to promises. Whatever is missed while no worker runs is found at the next look."""

import asyncio
from datetime import datetime
from functools import partial

from desk import clock, db, settings
from desk.journal.queries import Fact
from desk.sla.actions import forecasts as actions
from desk.sla.actions.calendar_days import lay_out
from desk.sla.actions.calendars import check_again, save
from desk.sla.actions.recalculation import recalculate
from desk.sla.actions.sweep import PORTION
from desk.sla.actions.sweep import sweep as sweep_promises
from desk.sla.queries import forecasts
from desk.sla.queries.clocks import all_clocks, calendar_count, newest, with_old_zone_data
from desk.sla.rules import outlook, zones
from desk.sla.rules.prediction.forecast import make


async def begin_calendar(fact: Fact) -> None:
    """A new department gets the usual hours at once, so that it can promise; whoever keeps it may change them."""
    department, at = int(fact.subject.removeprefix("department:")), clock.now()
    usual = outlook.usual(settings.current().zone, at.year)
    async with db.acting_as(db.NOBODY):
        if await calendar_count(department) == 0:
            await save(department, usual, seen=0)


async def recalculate_dues(fact: Fact) -> None:
    """A calendar has changed: what is owed by an older version is computed anew, in portions."""
    await follow_calendar(int(fact.subject.removeprefix("department:")))


async def follow_calendar(department: int, at: datetime | None = None) -> int:
    """Returns how many promises went over to the newest version; the second time none are left."""
    moment, after, moved = at or clock.now(), 0, 0
    async with db.acting_as(db.NOBODY, writing=False):
        calendar = await newest(department)
    while calendar is not None:
        async with db.acting_as(db.NOBODY):
            found = await recalculate(calendar, at=moment, after=after, at_most=PORTION)
        if found is None:
            break
        after, moved = found[0], moved + found[1]
    return moved


async def tidy() -> None:
    """New zone data makes a new version of each calendar, and no promise stays with an older version than the newest.

    Whoever filed while a calendar was being changed may have taken the older one.
    """
    async with db.acting_as(db.NOBODY, writing=False):
        stale = await with_old_zone_data()
    for department in stale:
        async with db.acting_as(db.NOBODY):
            await check_again(department)
    async with db.acting_as(db.NOBODY):
        clocks = await all_clocks()
        for one in clocks:
            await lay_out(one.id, at=clock.now())
    for one in clocks:
        await follow_calendar(one.department)


async def sweep(at: datetime | None = None) -> int:
    """Mark what is at risk or broken by an instant, each once. Returns how many."""
    return await db.in_portions(partial(sweep_promises, at or clock.now()), at_most=PORTION)


async def foresee(at: datetime | None = None) -> None:
    """The first look of a day fits a forecast, in a thread as it takes a second or more; each later one asks how busy
    the departments are."""
    moment = at or clock.now()
    day = moment.astimezone(zones.zone(settings.current().zone)).date()
    async with db.acting_as(db.NOBODY):
        loads = await forecasts.loads()
        if await forecasts.is_made(day):
            await actions.keep_loads(loads, day=day)
            return
        before, recent = await forecasts.cells(moment)
    forecast = await asyncio.to_thread(make, before, recent)
    async with db.acting_as(db.NOBODY):
        await actions.keep(forecast, loads, day=day, at=moment)
