"""What time does to requests: silence accepts, confidentiality ends."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from functools import partial

from desk import clock, db, store
from desk.disclosure import actions as disclosure
from desk.journal.queries import Fact
from desk.sla.queries import clocks
from desk.tickets.actions import once
from desk.tickets.actions.lapsing import lapse

PORTION = 500
KEYS_KEPT = timedelta(days=30)


async def sweep(at: datetime | None = None) -> None:
    """Accept what nobody objected to by an instant, in portions; each request once, however late."""
    await db.in_portions(partial(lapse, at or clock.now(), at_most=PORTION), at_most=PORTION)


async def open_words(at: datetime | None = None) -> None:
    """Words open, and seals end, on the day that they name, which is the owner department's day."""
    moment = at or clock.now()
    for today, owners in (await _days(moment)).items():
        opening = partial(disclosure.open_due, owners, today, at=moment, at_most=PORTION)
        await db.in_portions(opening, at_most=PORTION)
        ending = partial(disclosure.end_seals, owners, today, at=moment, at_most=PORTION)
        await db.in_portions(ending, at_most=PORTION)


async def forget_keys(at: datetime | None = None) -> None:
    """Idempotency keys of long ago: no form is open and no program retries that long."""
    before = (at or clock.now()) - KEYS_KEPT
    await db.in_portions(partial(once.forget, before, at_most=PORTION), at_most=PORTION)


async def drop_files(fact: Fact) -> None:
    """What hung on words that were taken away goes from the store too; twice does no harm."""
    for key in fact.data.get("objects") or ():
        await store.drop(key)


async def _days(moment: datetime) -> dict[date, list[int]]:
    """Today -> the departments where it is that day."""
    days: dict[date, list[int]] = defaultdict(list)
    async with db.acting_as(db.NOBODY, writing=False):
        for clock_of in await clocks.all_clocks():
            days[clock_of.today(moment)].append(clock_of.department)
    return days
