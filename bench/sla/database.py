"""The ledger in PostgreSQL: how far everything is, the sweep, a change of calendars; Python and backend together."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import structs

from bench.load.firm import ZHAO
from bench.pages import cost
from bench.sla import ledger
from bench.sla.figures import ROUNDS, Figure
from bench.sla.ledger import NOW
from desk import db, queue, settings
from desk.db import Reader
from desk.embedded.folder import Folder
from desk.embedded.postgres import Postgres
from desk.embedded.valkey import Valkey
from desk.sla import jobs
from desk.sla.actions import calendars
from desk.sla.actions.recalculation import OWED, computed, recalculate
from desk.sla.actions.sweep import PORTION
from desk.sla.queries import calendars as kept
from desk.sla.queries import clocks

_COPY = "ledger_measured"
_SHARES = "select count(*), sum(used), avg(share) from open_shares($1)"
_USED = "select count(*), sum(used) from promises where settled_at is null"  # at NOW, as Python has computed it
_THRESHOLD = """
select next_threshold_at from promises where settled_at is null order by next_threshold_at offset $1 limit 1
"""
_CLOSED = (date(2026, 11, 23).toordinal(), date(2026, 11, 24).toordinal())


class Cost(NamedTuple):
    """Seconds of CPU."""

    python: float
    backend: float

    @property
    def both(self) -> float:
        return self.python + self.backend

    def __str__(self) -> str:
        return f"Python {self.python:.1f} s, PostgreSQL {self.backend:.1f} s"


def measure(data: Path, promises: int) -> list[Figure]:
    with ExitStack() as running:
        running.enter_context(Folder(data).lock())
        postgres = running.enter_context(Postgres(data))
        valkey = running.enter_context(Valkey(data))
        ledger.load(postgres, promises)
        running.enter_context(_clock_stands_still(data, valkey.url()))
        postgres.psql(f"drop database if exists {_COPY} with (force)")
        postgres.psql(f"create database {_COPY} template {ledger.name(promises)} owner desk strategy file_copy")
        try:
            return asyncio.run(_measure(postgres.url(_COPY), promises))
        finally:
            postgres.psql(f"drop database if exists {_COPY} with (force)")


@contextmanager
def _clock_stands_still(data: Path, valkey: str) -> Iterator[None]:
    """At the instant at which the ledger ends; what is done rings the bell as in life."""
    held = data / "ledger_clock"
    held.write_text(NOW.isoformat())
    os.environ |= {"DESK_CLOCK": str(held), "DESK_VALKEY_URL": valkey}
    settings.current.cache_clear()
    yield
    for name in ("DESK_CLOCK", "DESK_VALKEY_URL"):
        del os.environ[name]
    settings.current.cache_clear()


async def _measure(url: str, promises: int) -> list[Figure]:
    await db.open_pool(url, size=1, timeout_ms=0)
    try:
        return [
            await _shares(promises),
            await _sweep(min(10_000, promises // 4)),
            *await _changed(promises, min(100_000, promises)),
        ]
    finally:
        await queue.close()
        await db.close_pool()


async def _shares(promises: int) -> Figure:
    """As somebody who may read them all; whoever answers else than Python gets no figure."""
    async with db.acting_as(Reader(ZHAO), writing=False):
        await db.fetch("select set_config('max_parallel_workers_per_gather', '0', true)")  # one process, to be counted
        costs = [await _cost(lambda: db.fetch_one(_SHARES, NOW)) for _ in range(ROUNDS)]
        told, known = await db.fetch_one(_SHARES, NOW), await db.fetch_one(_USED)
        later = await db.fetch_one(_SHARES, NOW + timedelta(hours=2))
    assert told is not None and known is not None and later is not None  # noqa: PT018
    if tuple(told)[:2] != tuple(known) or later[1] <= told[1]:
        raise SystemExit(f"PostgreSQL says {tuple(told)}, Python {tuple(known)}.")
    best = min(costs, key=lambda one: one.both)
    note = f"used up on average {told[2]:.2f}"
    return Figure(f"elapsed share of {promises:,}", best.backend, _bar(2, promises, 1_000_000), "s", note)


async def _sweep(due: int) -> Figure:
    """Each round the next rows by threshold."""
    costs: list[Cost] = []
    marked: list[int] = []
    for _ in range(ROUNDS):
        async with db.acting_as(Reader(ZHAO), writing=False):
            moment = await db.call(_THRESHOLD, due - 1)

        async def sweep(moment: datetime = moment) -> None:
            marked.append(await jobs.sweep(moment))

        costs.append(await _cost(sweep))
    best = min(costs, key=lambda one: one.both)
    note = f"{best}; {', '.join(map(str, marked))} marks"
    return Figure(f"sweep of {due:,} due rows", best.both, _bar(2, due, 10_000), "s", note)


async def _changed(promises: int, stored: int) -> list[Figure]:
    """Two public holidays are declared in every department."""
    newest = [await _next_version(one.department) for one in await _clocks()]
    reading, computing = Cost(0, 0), 0.0
    for calendar in newest:
        read, seconds = await _read(calendar)
        reading = Cost(reading.python + read.python, reading.backend + read.backend)
        computing += seconds
    storing = await _cost(lambda: _store(newest, stored))
    return [
        Figure(f"computing {promises:,} new dues", computing, _bar(30, promises, 1_000_000), "s"),
        Figure("  reading what they follow from", reading.both, None, "s", str(reading)),
        Figure(f"storing {stored:,} with their events", storing.both, _bar(60, stored, 100_000), "s",
               f"read and computed, too: {storing}"),
    ]  # fmt: skip


async def _clocks() -> list[clocks.Clock]:
    async with db.acting_as(db.NOBODY, writing=False):
        return await clocks.all_clocks()


async def _next_version(department: int) -> int:
    async with db.acting_as(Reader(ZHAO)):
        held = await kept.calendar_of(department)
        assert held is not None and held.held is not None  # noqa: PT018
        holidays = held.held.calendar.holidays.union(_CLOSED)
        closed = structs.replace(held.held.calendar, holidays=holidays)
        await calendars.save(department, structs.replace(held.held, calendar=closed))
        newest = await clocks.newest(department)
        assert newest is not None
        await clocks.version(newest)
        return newest


async def _read(calendar: int) -> tuple[Cost, float]:
    """(reading all that is owed on older versions, seconds of computing them)"""
    after, python, backend, computing = 0, 0.0, 0.0, 0.0
    while True:
        async with db.acting_as(db.NOBODY, writing=False):
            found: list[Any] = []
            read = await _cost(partial(_fetch, found, calendar, after))
            clock = await clocks.version(calendar)
        python, backend = python + read.python, backend + read.backend
        if not found:
            return Cost(python, backend), computing
        computing += min(_computing(found, clock) for _ in range(ROUNDS))
        after = found[-1]["id"]


def _computing(rows: list[Any], clock: clocks.Clock) -> float:
    before = time.process_time()
    computed(rows, clock, NOW)
    return time.process_time() - before


async def _fetch(into: list[Any], calendar: int, after: int) -> None:
    into += await db.fetch(OWED, calendar, after, PORTION)


async def _store(newest: list[int], at_most: int) -> None:
    moved = 0
    for calendar in newest:
        after = 0
        while moved < at_most:
            async with db.acting_as(db.NOBODY):
                found = await recalculate(calendar, at=NOW, after=after, at_most=PORTION)
            if found is None:
                break
            after, moved = found[0], moved + found[1]


async def _cost(what: Callable[[], Awaitable[object]]) -> Cost:
    """Of this process and of the one backend that it talks to."""
    backend = await _backend()
    before, python = cost.spent([backend]), time.process_time()
    await what()
    python = time.process_time() - python
    return Cost(python, cost.between(before, cost.spent([backend])) / 1000)


async def _backend() -> int:
    ask = "select pg_backend_pid()"
    try:
        return int(await db.call(ask))
    except db.OutsideTransaction:
        async with db.acting_as(db.NOBODY, writing=False):
            return int(await db.call(ask))


def _bar(seconds: float, size: int, whole: int) -> float:
    return seconds * size / whole
