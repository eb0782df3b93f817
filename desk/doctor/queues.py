"""Whether what the journal asks for is being done."""

import asyncio

from desk import clock, db, queue, settings
from desk.i18n import Sentence
from desk.journal import queries as journal
from desk.outbox.queries import due
from desk.webhooks import queries as webhooks

PATIENCE = 3.0  # seconds; Valkey answers in a millisecond, or hangs for ever
LATE = 60.0  # seconds; an errand of a working desk is done within a few


async def valkey() -> list[Sentence]:
    try:
        async with asyncio.timeout(PATIENCE):
            await queue.waiting()
    except queue.OUT_OF_REACH as fault:
        return [Sentence("doctor.no_valkey", why=type(fault).__name__)]
    finally:
        await queue.close()
    return []


async def sendings() -> list[Sentence]:
    """Without a mail server they stay, as the page of the outbox says."""
    if settings.current().smtp_url is None:
        return []
    async with db.acting_as(db.NOBODY, writing=False):
        oldest = await due.untried(clock.now())
    return [Sentence("doctor.late_letter", n=round(oldest / 60))] if oldest > LATE else []


async def errands() -> list[Sentence]:
    async with db.acting_as(db.NOBODY, writing=False):
        oldest, dead = await journal.oldest_errand(clock.now()), await journal.dead_errands()
        deaf = await webhooks.deaf()
    found = []
    if oldest > LATE:
        found.append(Sentence("doctor.late_errand", n=round(oldest / 60)))
    if dead:
        found.append(Sentence("doctor.dead_errands", n=dead))
    if deaf:
        found.append(Sentence("doctor.deaf_chats", n=deaf))
    return found
