"""Reactions to the journal, and the calls that follow from them."""

import asyncio
from datetime import datetime
from itertools import groupby

from desk import clock, db
from desk.journal.queries import Fact
from desk.webhooks import queries
from desk.webhooks.actions import calls, ringing
from desk.webhooks.actions.calls import Call
from desk.webhooks.actions.post import NotSent, post
from desk.webhooks.rules.kinds import ADAPTERS


async def ring(fact: Fact) -> datetime | None:
    """What every employee may read of it is told; of anything else there is no call at all."""
    async with db.acting_as(db.NOBODY, writing=False):
        if not await queries.anybody_listens():
            return None
    async with db.acting_as(db.HOUSE, writing=False):
        found = await queries.request(fact)
    if found is not None:
        async with db.acting_as(db.NOBODY):
            await ringing.ring(fact, found, at=clock.now())
    return None


async def ring_trial(fact: Fact) -> datetime | None:
    async with db.acting_as(db.NOBODY):
        await ringing.ring_trial(fact, at=clock.now())
    return None


async def send() -> int:
    """What is due, all webhooks at the same time, each in its order. Returns how many were claimed."""
    async with db.acting_as(db.NOBODY):
        claimed = await calls.claim(at=clock.now())
    each = [list(found) for _, found in groupby(claimed, key=lambda call: call.webhook)]
    await asyncio.gather(*(_send_all(found) for found in each))
    return len(claimed)


async def _send_all(found: list[Call]) -> None:
    """Behind one that failed the others wait: a chat that is away is not asked three times at once."""
    for place, call in enumerate(found):
        if not await _send(call):
            async with db.acting_as(db.NOBODY):
                for other in found[place + 1 :]:
                    await calls.later(other, at=clock.now())
            return


async def _send(call: Call) -> bool:
    """False when it failed. Whether it may be told is asked again: it may have been shut since."""
    async with db.acting_as(db.HOUSE, writing=False):
        is_open = await queries.is_still_open(call.entry)
    async with db.acting_as(db.NOBODY):
        target = await calls.target(call.webhook)
        if target is None or not is_open:
            await calls.dropped(call.id, at=clock.now())
            return True
    adapter = ADAPTERS[call.kind]
    out = adapter.outgoing(target, call.body.encode(), int(clock.now().timestamp()))
    try:
        fault = adapter.fault(*await post(out))
    except NotSent as failed:
        fault = failed.code
    async with db.acting_as(db.NOBODY):
        if fault:
            await calls.failed(call, fault, at=clock.now())
        else:
            await calls.sent(call.id, at=clock.now())
    return not fault
