"""Pages of reports as their head opens them: CPU of the web process and of its backend."""

import logging
import os
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any

import httpx

from bench.load.firm import QIAN
from bench.meter import Meter, backend
from bench.search.figures import Figure
from desk import clock, db, queue, settings
from desk.accounts import actions as accounts
from desk.app import create_app
from desk.reports import jobs

WARM, VISITS, ROUNDS = 6, 10, 5
NO_BARS = (None, None)
BARS = {100_000: (25, None), 1_000_000: (60, 200)}  # a department's month, the company's quarter


async def measure(url: str, valkey: str, requests: int) -> list[Figure]:
    os.environ |= {"DESK_VALKEY_URL": valkey}
    settings.current.cache_clear()
    logging.getLogger("httpx").setLevel(logging.WARNING)
    await db.open_pool(url, size=1, timeout_ms=0)
    try:
        rolled = await _rolled(requests)
        async with db.acting_as(db.Reader(QIAN)):
            cookie = await accounts.start_session(QIAN, address="127.0.0.1", browser="bench")
        return [rolled, *await _pages(cookie, requests)]
    finally:
        await queue.close()
        await db.close_pool()


async def _rolled(requests: int) -> Figure:
    """Everything once more from the beginning, as after a change of formulas."""
    book = Meter([await backend()])
    async with db.acting_as(db.NOBODY):
        for one in await db.fetch("select id from departments"):
            await db.call("select forget_rolls($1)", one["id"])
    days = 0

    async def roll() -> None:
        nonlocal days
        days = await jobs.roll()

    spent = await book.of(roll) / 1000
    bar = 60.0 if requests == 1_000_000 else None
    return Figure("all that has ended rolled anew", None, spent, bar, "s", f"{days} days of departments")


async def _pages(cookie: str, requests: int) -> list[Figure]:
    book = Meter([await backend()])
    app: Any = create_app()
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 5000))
    async with httpx.AsyncClient(transport=transport, base_url=settings.current().base_url) as client:
        client.cookies.set("desk-session", cookie, domain="127.0.0.1", path="/")
        return [await _page(client, book, name, path, bar) for name, path, bar in _asked(*BARS.get(requests, NO_BARS))]


def _asked(month: float | None, quarter: float | None) -> Sequence[tuple[str, str, float | None]]:
    last = clock.now().date()
    until = last.replace(day=1) - timedelta(days=1)
    ended = until.replace(day=1), until
    return (
        ("a department's month, until today", _address("/reports/it", last.replace(day=1), last), month),
        ("a department's month that has ended", _address("/reports/it", *ended), month),
        ("a department's flow, month", _address("/reports/it/tabs/flow", *ended), None),
        ("a department's dependence, month", _address("/reports/it/tabs/dependence", *ended), None),
        ("a department's trends", "/reports/it/tabs/trends", None),
        ("a department's year, as published", "/reports/it/public", None),
        ("all departments, as published", "/reports", None),
        (
            "the company's quarter, until today",
            _address("/reports/overall", last - timedelta(days=91), last),
            quarter,
        ),
    )


async def _page(client: httpx.AsyncClient, book: Meter, name: str, path: str, bar: float | None) -> Figure:
    async def visit() -> None:
        answer = await client.get(path)
        assert answer.status_code == 200, (answer.status_code, path)

    for _ in range(WARM):
        await visit()
    rounds = []
    for _ in range(ROUNDS):
        rounds.append(sum([await book.of(visit) for _ in range(VISITS)]) / VISITS)
    size = len((await client.get(path)).content) // 1024
    return Figure(name, None, min(rounds), bar, "ms", f"median {median(rounds):.1f}; {size} KiB")


def _address(path: str, first: date, last: date) -> str:
    return f"{path}?from={first}&to={last}"
