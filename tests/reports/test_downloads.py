"""However many rows a download has, few of them are in the desk at a time; whoever hangs up gives the connection back."""

import asyncio
import tracemalloc
from contextlib import AsyncExitStack
from typing import Any

import asyncpg
import pytest
from litestar import Litestar
from litestar.types import Message, Receive, Scope, Send

from desk.db.engine import pool
from desk.web.download import AT_ONCE
from tests.firm import Firm
from tests.site import Site

PATH = "/reports/finance/promises.csv?from=2026-11-01&to=2026-11-30"
_COLUMNS = """
select string_agg(quote_ident(column_name), ', ') from information_schema.columns
 where table_name = 'promises' and is_generated = 'NEVER' and column_name not in ('id', 'token')
"""
_OPEN = "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'"


async def _many(firm: Firm, root: asyncpg.Connection, n: int) -> None:
    """A promise that failed, and so many like it, all due at one instant."""
    if not await root.fetchval("select exists (select from promises)"):
        await firm.lin_asks_for("a laptop")
        await firm.time_passes_until("2026-11-23 11:00")
    columns = await root.fetchval(_COLUMNS)
    await root.execute(
        f"""
        set session_replication_role = replica;
        insert into promises (token, {columns}) select substr(md5(n::text || clock_timestamp()::text), 1, 16), {columns}
          from (select * from promises where state = 'broken' limit 1) p, generate_series(1, {n}) n;
        set session_replication_role = origin
        """  # noqa: S608
    )


class Counter:
    """A client that reads everything and keeps nothing."""

    def __init__(self, app: Litestar) -> None:
        self.app, self.lines, self.chunks, self.largest = app, 0, 0, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def take(message: Message) -> None:
            if message["type"] == "http.response.body" and (body := message.get("body")):
                self.lines, self.chunks = self.lines + body.count(b"\r\n"), self.chunks + 1
                self.largest = max(self.largest, len(body))
                message = {**message, "body": b""}  # type: ignore[misc]
            await send(message)

        await self.app(scope, receive, take)


class Impatient:
    """A client that stops reading after the first chunk, and hangs up when it is told to."""

    def __init__(self, app: Litestar) -> None:
        self.app, self.reads, self.hangs_up = app, asyncio.Semaphore(0), asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        chunks = 0

        async def take(message: Message) -> None:
            nonlocal chunks
            if message["type"] == "http.response.body":
                chunks += 1
                if chunks == 2:
                    self.reads.release()
                    await asyncio.Event().wait()

        async def says() -> Any:
            await self.hangs_up.wait()
            return {"type": "http.disconnect"}

        await self.app(scope, says, take)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _read(app: Any, firm: Firm, path: str = PATH) -> int:
    """The status."""
    async with AsyncExitStack() as stack:
        browser = await Site(app.app, firm, stack).browser("qian")
        client = await Site(app, firm, stack)._client(**{"accept-encoding": "identity"})
        client.cookies = browser.http.cookies
        return (await client.get(path)).status_code


async def _peak(app: Litestar, firm: Firm, path: str = PATH) -> tuple[Counter, int]:
    counter = Counter(app)
    tracemalloc.start()
    try:
        assert await _read(counter, firm, path) == 200
        return counter, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


async def test_memory_does_not_grow_with_rows(firm: Firm, app: Litestar, superuser: asyncpg.Connection) -> None:
    await _many(firm, superuser, 1_500)
    await _peak(app, firm)  # what is kept for ever is there now
    few, small = await _peak(app, firm)
    await _many(firm, superuser, 12_000)
    many, large = await _peak(app, firm)

    assert (few.lines, many.lines) == (2 + 1_500, 2 + 1_500 + 12_000)
    assert many.chunks > 50
    assert many.largest <= few.largest + 200
    assert large < small + 500_000, (small, large)


async def test_memory_of_a_workbook_does_not_grow_with_rows(
    firm: Firm, app: Litestar, superuser: asyncpg.Connection
) -> None:
    await _many(firm, superuser, 1_500)
    book = PATH.replace(".csv", ".xlsx")
    await _peak(app, firm, book)  # what is kept for ever is there now
    few, small = await _peak(app, firm, book)
    await _many(firm, superuser, 12_000)
    many, large = await _peak(app, firm, book)

    assert many.chunks > 3 * few.chunks
    assert many.largest <= 65_536
    assert large < small + 500_000, (small, large)


async def test_whoever_hangs_up_gives_the_connection_back(
    firm: Firm, app: Litestar, superuser: asyncpg.Connection
) -> None:
    await _many(firm, superuser, 5_000)
    client = Impatient(app)
    reading = asyncio.create_task(_read(client, firm))
    await client.reads.acquire()
    try:
        await _until(superuser, held=1)  # it may still be reading ahead
    finally:
        client.hangs_up.set()
        await reading
    await _until(superuser, held=0)


async def test_slow_lines_leave_connections_for_the_others(
    firm: Firm, app: Litestar, superuser: asyncpg.Connection
) -> None:
    await _many(firm, superuser, 5_000)
    client = Impatient(app)
    slow = [asyncio.create_task(_read(client, firm)) for _ in range(AT_ONCE)]
    for _ in slow:
        await client.reads.acquire()
    assert await _read(Counter(app), firm) == 503
    assert await _read(Counter(app), firm, "/reports/finance") == 200

    client.hangs_up.set()
    await asyncio.gather(*slow)
    await _until(superuser, held=0)
    assert await _read(Counter(app), firm) == 200


async def _until(root: asyncpg.Connection, *, held: int) -> None:
    for _ in range(200):
        if pool().get_idle_size() == pool().get_size() - held and await root.fetchval(_OPEN) == held:
            return
        await asyncio.sleep(0.02)
    pytest.fail(f"connections that downloads hold: not {held}")
