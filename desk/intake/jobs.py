"""Understand the letters that were kept. Whatever becomes of one commits with its new state: once, however often a
worker is killed.
"""

import asyncio
import logging
import time
from functools import cache

from desk import clock, db
from desk.faults import places
from desk.i18n import NotFound, Refused
from desk.intake.actions import reading
from desk.intake.actions.burying import bury
from desk.intake.actions.commanding import NotDone
from desk.intake.actions.holding import held, settle
from desk.intake.actions.understand import known, understand
from desk.mail.actions import work
from desk.mail.actions.work import Became, Kept
from desk.mail.rules.letters import Letter, Refusal
from desk.mail.rules.limits import Reason
from desk.mail.rules.work import TRIES, left_behind

log = logging.getLogger(__name__)
SHIFT = 10.0  # seconds; then the next job goes on


async def letters() -> int:
    """All that are due, one after the other: answers come after what they answer. Returns how many.

    A second job of the same process leaves them to the first, which looks until nothing is due.
    """
    if _alone().locked():
        return 0
    async with _alone():
        return await _letters()


@cache
def _alone() -> asyncio.Lock:
    return asyncio.Lock()


async def _letters() -> int:
    done, until = 0, time.monotonic() + SHIFT
    while time.monotonic() < until:
        async with db.acting_as(db.NOBODY):
            kept = await work.claim(at=clock.now())
        if kept is None:
            break
        await _work(kept)
        done += 1
    return done


async def _work(kept: Kept) -> None:
    """Raises Unavailable: an outage of the database is no fault of the letter, which is due again by itself."""
    if left := left_behind(kept.fault):
        await _bury(kept, left, kept.fault or left.value)
        return
    if kept.tries > TRIES:
        await _bury(kept, Reason.BROKEN, "whoever had it in hand ended each time")
        return
    found = await reading.read(kept.content)
    if isinstance(found, Refusal):
        await _bury(kept, found.reason, f"{found.reason.value} {found.detail}".strip())
        return
    try:
        await _understand(kept, found)
    except db.Unavailable:
        raise
    except Exception as fault:
        log.error("letter %s, try %s\n%s", kept.id, kept.tries, places(fault))
        await _failed(kept, type(fault).__name__)


async def _understand(kept: Kept, letter: Letter, refused: NotDone | None = None) -> None:
    """What is refused half-way is undone before it is told: nothing of a letter is done by half."""
    by = known(kept, letter)
    try:
        async with db.acting_as(db.NOBODY):
            if await work.hold(kept):
                await settle(kept, by, await understand(kept, letter, by, refused), at=clock.now())
    except db.Lost:
        raise
    except NotDone as again:
        await _understand(kept, letter, again)
    except Refused as refusal:
        async with db.acting_as(db.NOBODY):
            if await work.hold(kept):
                await settle(kept, by, _held(refusal), at=clock.now())


def _held(refusal: Refused) -> Became:
    return held("stranger") if isinstance(refusal, NotFound) else held("refused", refusal.sentence.key)


async def _failed(kept: Kept, fault: str) -> None:
    if kept.tries >= TRIES:
        await _bury(kept, Reason.BROKEN, fault)
        return
    async with db.acting_as(db.NOBODY):
        await work.failed(kept, fault, at=clock.now())


async def _bury(kept: Kept, reason: Reason, fault: str) -> None:
    """Where not even a request can be opened (a desk without services), the dead letter says so."""
    try:
        async with db.acting_as(db.NOBODY):
            if await work.hold(kept):
                await bury(kept, reason.value, fault, at=clock.now())
    except db.Unavailable:
        raise
    except Exception as second:
        log.error("letter %s\n%s", kept.id, places(second))
        async with db.acting_as(db.NOBODY):
            await work.bury(kept, f"{fault}; no request could be opened: {type(second).__name__}")


def close() -> None:
    """The box ends with its worker."""
    reading.close()
