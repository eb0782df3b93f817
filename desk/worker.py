"""The worker's composition root: which jobs run, when, and what follows from which entry of the journal."""

import asyncio
import logging
import signal
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any

from arq import cron
from arq.connections import RedisSettings
from arq.cron import CronJob
from arq.worker import Worker, func

from desk import db, queue
from desk.access import jobs as access
from desk.faults import places
from desk.finder import jobs as finder
from desk.intake import jobs as intake
from desk.journal import jobs as journal
from desk.journal.rules import Tag
from desk.notices import jobs as notices
from desk.notices.rules import TOLD
from desk.outbox import jobs as outbox
from desk.reports import jobs as reports
from desk.sla import jobs as sla
from desk.tickets import jobs as tickets
from desk.webhooks import jobs as webhooks
from desk.webhooks.rules.told import RUNG

REACTIONS: journal.Reactions = {
    **{tag: (outbox.tell, notices.ring) for tag in Tag if tag in TOLD},
    **dict.fromkeys(RUNG, (outbox.tell, notices.ring, webhooks.ring)),
    Tag.WORDS_REMOVED: (outbox.tell, notices.ring, tickets.drop_files),
    Tag.LETTER_BOUNCED: (outbox.bounced,),
    Tag.WEBHOOK_TRIED: (webhooks.ring_trial,),
    Tag.DEPARTMENT_ADDED: (sla.begin_calendar,),
    Tag.CALENDAR_CHANGED: (sla.recalculate_dues,),
}
log = logging.getLogger(__name__)
PAUSE_SECONDS = 1.0  # before the next look for a server that is away
LAST_SECONDS = 0.8  # for jobs to end when the worker is told to stop
EVERY_SECOND = set(range(60))
EVERY_10_MINUTES = set(range(0, 60, 10))
EVERY_5_SECONDS = set(range(0, 60, 5))


async def relay(ctx: dict[Any, Any]) -> None:
    await _told(journal.relay())


async def react(ctx: dict[Any, Any], entry: int, tries: int) -> None:
    await _told(journal.react(entry, tries, REACTIONS))


async def letters(ctx: dict[Any, Any]) -> None:
    await _told(intake.letters())


async def open_words(ctx: dict[Any, Any]) -> None:
    await _told(tickets.open_words())


async def sweep(ctx: dict[Any, Any]) -> None:
    await _told(_sweep())


async def _sweep() -> None:
    await sla.sweep()
    await tickets.sweep()


async def deliver(ctx: dict[Any, Any]) -> None:
    await _told(outbox.deliver())


async def digests(ctx: dict[Any, Any]) -> None:
    await _told(outbox.tell_in_digests())


async def weekly(ctx: dict[Any, Any]) -> None:
    await _told(reports.tell_the_week())


async def seal(ctx: dict[Any, Any]) -> None:
    await _told(journal.seal())


async def tidy(ctx: dict[Any, Any]) -> None:
    await _told(_tidy())


async def _tidy() -> None:
    await tickets.forget_keys()
    await sla.tidy()


async def foresee(ctx: dict[Any, Any]) -> None:
    await _told(sla.foresee())


async def weigh(ctx: dict[Any, Any]) -> None:
    await _told(access.weigh_reading())


async def calls(ctx: dict[Any, Any]) -> None:
    await _told(webhooks.send())


async def roll(ctx: dict[Any, Any]) -> None:
    await _told(reports.roll())


async def index(ctx: dict[Any, Any]) -> None:
    await _told(finder.index_words())


async def _told(work: Awaitable[Any]) -> None:
    """What fails is tried again by itself; arq would log the texts of exceptions, which may quote words."""
    try:
        await work
    except (db.Unavailable, *queue.OUT_OF_REACH) as outage:
        log.warning("a server is away: %s", type(outage.__cause__ or outage).__name__)
    except Exception as fault:
        log.error("a job failed\n%s", places(fault))


def worker(redis: RedisSettings) -> Worker:
    """keep_result 0: nothing is to be read from Valkey; what must last is in PostgreSQL."""
    return Worker(
        functions=[
            func(relay, name=queue.RELAY),
            func(react, name=queue.REACT),
            func(letters, name=queue.LETTERS),
            func(deliver, name=queue.SENDINGS),
            func(calls, name=queue.CALLS),
        ],
        cron_jobs=_by_clock(),
        redis_settings=redis,
        job_timeout=20,
        keep_result=0,
        poll_delay=0.1,
        max_jobs=20,
        job_serializer=queue.pack,
        job_deserializer=queue.unpack,
        handle_signals=False,
    )


def _by_clock() -> list[CronJob]:
    return [
        cron(relay, name="relay_by_clock", second=EVERY_SECOND, run_at_startup=True),
        cron(letters, name="letters_by_clock", second=EVERY_SECOND, run_at_startup=True),
        cron(open_words, name="open_by_clock", second=0, run_at_startup=True),
        cron(sweep, name="sweep_by_clock", second=EVERY_5_SECONDS, run_at_startup=True),
        cron(deliver, name="deliver_by_clock", second=EVERY_5_SECONDS, run_at_startup=True),
        cron(digests, name="digests_by_clock", second=20, run_at_startup=True),
        cron(weekly, name="weekly_by_clock", second=35, run_at_startup=True),
        cron(calls, name="calls_by_clock", second=EVERY_5_SECONDS, run_at_startup=True),
        cron(seal, name="seal_by_clock", second=50, run_at_startup=True),
        cron(tidy, name="tidy_by_clock", minute=17, second=30, run_at_startup=True),
        cron(weigh, name="weigh_by_clock", minute=EVERY_10_MINUTES, second=45, run_at_startup=True),
        cron(foresee, name="foresee_by_clock", minute=23, second=15, run_at_startup=True),
        cron(roll, name="roll_by_clock", minute=29, second=15, run_at_startup=True),
        cron(index, name="index_by_clock", hour=3, minute=41, second=45, run_at_startup=True),
    ]


def run() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("arq").setLevel(logging.WARNING)
    asyncio.run(_serve())


async def _serve() -> None:
    """Until SIGTERM or SIGINT. arq's worker ends when a server goes away; then the next one waits for its return."""
    ending = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ending.set)
    while not ending.is_set():
        try:
            await _shift(ending)
        except Exception as fault:
            log.warning("starting anew: %s", type(fault).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(ending.wait(), PAUSE_SECONDS)


async def _shift(ending: asyncio.Event) -> None:
    await db.open_pool(db.address(), lasting=False)
    shift = worker(queue.redis_settings())
    try:
        await _first(shift.async_run(), ending.wait())
        shift.allow_pick_jobs = False
        await asyncio.wait({asyncio.ensure_future(asyncio.sleep(0)), *shift.tasks.values()}, timeout=LAST_SECONDS)
    finally:
        intake.close()
        await _clear(shift)
        await queue.close()
        await db.close_pool()


async def _first(*works: Awaitable[Any]) -> None:
    """Raises what the first to end raises; the others are cancelled."""
    tasks = [asyncio.ensure_future(work) for work in works]
    done, others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    for task in done:
        task.result()


async def _clear(shift: Worker) -> None:
    """What has not ended by now is due again by itself."""
    for task in shift.tasks.values():
        task.cancel()
    await asyncio.gather(*shift.tasks.values(), return_exceptions=True)
    if shift._pool is not None:
        await shift.pool.aclose(close_connection_pool=True)
