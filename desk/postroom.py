"""The postroom's composition root: letters come in and are kept. What they say is the worker's business."""

import asyncio
import logging
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from desk import db, queue, settings
from desk.mail import jobs
from desk.mail.rules import health

PAUSE_SECONDS = 1.0  # before the next look for a database that is away
CONNECTIONS = 4
log = logging.getLogger(__name__)


def run() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    asyncio.run(_serve())


async def _serve() -> None:
    """Until SIGTERM or SIGINT."""
    ending = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ending.set)
    work = asyncio.create_task(_take_letters())
    await asyncio.wait({work, asyncio.create_task(ending.wait())}, return_when=asyncio.FIRST_COMPLETED)
    work.cancel()
    with suppress(asyncio.CancelledError):
        await work


async def _take_letters() -> None:
    await _connect()
    try:
        await asyncio.gather(*_ways())
    finally:
        await queue.close()
        await db.close_pool()


async def _connect() -> None:
    """Whoever knocks meanwhile finds nobody, and comes again."""
    while True:
        try:
            await db.open_pool(db.address(), size=CONNECTIONS)
            return
        except Exception as fault:
            log.warning("the database is away: %s", type(fault).__name__)
            await asyncio.sleep(PAUSE_SECONDS)


def _ways() -> list[Coroutine[Any, Any, None]]:
    now = settings.current()
    ways = []
    if now.mail_listen:
        ways.append(jobs.listen(now.mail_listen, now.mail_address))
    if now.mail_drop:
        ways.append(jobs.take_dropped(now.mail_drop))
    mailboxes, bad = health.mailboxes(now.imap_urls)
    for refusal in bad:  # the letters of the others need not wait for it
        log.error("%s", refusal)
    return ways + [jobs.fetch(mailbox) for mailbox in mailboxes]
