"""The worker's composition root: which jobs run, when, and what follows from which entry of the journal."""

import asyncio
import logging
from typing import Any

from arq import cron
from arq.connections import RedisSettings
from arq.worker import Worker, func

from desk import db, queue
from desk.journal import jobs as journal
from desk.journal.rules import Tag
from desk.notices import jobs as notices
from desk.notices.rules import TOLD
from desk.sla import jobs as sla
from desk.tickets import jobs as tickets

REACTIONS: journal.Reactions = {tag: (notices.tell, notices.ring) for tag in Tag if tag in TOLD}
EVERY_SECOND = set(range(60))
EVERY_5_SECONDS = set(range(0, 60, 5))


async def relay(_: dict[Any, Any]) -> None:
    await journal.relay()


async def react(_: dict[Any, Any], entry: int, tries: int) -> None:
    await journal.react(entry, tries, REACTIONS)


async def sweep(_: dict[Any, Any]) -> None:
    await sla.sweep()
    await tickets.sweep()


async def _begin(_: dict[Any, Any]) -> None:
    await db.open_pool(db.address(), size=8)


async def _end(_: dict[Any, Any]) -> None:
    await queue.close()
    await db.close_pool()


def worker(redis: RedisSettings) -> Worker:
    """keep_result 0: nothing is to be read from Valkey; what must last is in PostgreSQL."""
    return Worker(
        functions=[func(relay, name=queue.RELAY), func(react, name=queue.REACT)],
        cron_jobs=[
            cron(relay, name="relay_by_clock", second=EVERY_SECOND, run_at_startup=True),
            cron(sweep, name="sweep_by_clock", second=EVERY_5_SECONDS, run_at_startup=True),
        ],
        redis_settings=redis,
        on_startup=_begin,
        on_shutdown=_end,
        job_timeout=20,
        keep_result=0,
        poll_delay=0.1,
        max_jobs=20,
        job_completion_wait=1,
        job_serializer=queue.pack,
        job_deserializer=queue.unpack,
        handle_signals=True,
    )


def run() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("arq").setLevel(logging.WARNING)
    asyncio.set_event_loop(asyncio.new_event_loop())
    worker(queue.redis_settings()).run()
