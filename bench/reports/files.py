"""A file of a hundred thousand rows while it is sent: what it costs, and whether the memory of its process grows."""

import asyncio
import logging
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.load.firm import QIAN
from bench.meter import Meter, backend
from bench.search.figures import Figure
from desk import clock, db, settings
from desk.accounts import actions as accounts
from desk.app import create_app

ROWS, GROWTH = 100_000, 16.0  # MiB that are no growth: the collector's and the allocator's leisure
_STATM = Path("/proc/self/statm")
_PAGE = os.sysconf("SC_PAGE_SIZE") / 2**20
_NTH = "select due_at from promises where department = 1 order by due_at desc offset $1 limit 1"


class Reader:
    """Takes what is sent and keeps none of it: `lines`, `bytes`, and the memory of this process (MiB) on the way."""

    def __init__(self) -> None:
        self.lines, self.bytes, self.memory, self.status = 0, 0, list[float](), 0
        self.over = asyncio.Event()

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            body = message.get("body", b"")
            self.lines += body.count(b"\r\n")
            self.bytes += len(body)
            self.memory.append(int(_STATM.read_text().split()[1]) * _PAGE)
            if not message.get("more_body"):
                self.over.set()

    async def receive(self) -> dict[str, str]:
        """Stays until the end, as browsers do."""
        await self.over.wait()
        return {"type": "http.disconnect"}


async def measure(url: str, superuser: str, valkey: str) -> list[Figure]:
    os.environ |= {"DESK_VALKEY_URL": valkey}
    settings.current.cache_clear()
    logging.getLogger("httpx").setLevel(logging.WARNING)
    await db.open_pool(superuser, role="postgres", size=1, timeout_ms=0)
    async with db.acting_as(db.NOBODY, writing=False):
        since = await db.call(_NTH, ROWS)
    await db.close_pool()
    await db.open_pool(url, size=1)
    try:
        async with db.acting_as(db.Reader(QIAN)):
            cookie = await accounts.start_session(QIAN, address="127.0.0.1", browser="bench")
        day = (clock.now() if since is None else since).date()
        return await _download(cookie, f"from={day}&to={clock.now().date() + timedelta(days=9)}")
    finally:
        await db.close_pool()


async def _download(cookie: str, query: str) -> list[Figure]:
    app: Any = create_app()
    book, reader = Meter([await backend()]), Reader()
    host = settings.current().base_url.partition("//")[2].encode()
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": "/reports/finance/promises.csv", "raw_path": b"/reports/finance/promises.csv", "root_path": "",
        "query_string": query.encode(), "client": ("127.0.0.1", 5000), "server": ("127.0.0.1", 80),
        "headers": [(b"host", host), (b"cookie", f"desk-session={cookie}".encode())],
    }  # fmt: skip
    spent = await book.of(lambda: app(scope, reader.receive, reader.send))
    assert reader.status == 200, reader.status
    begun = reader.memory[len(reader.memory) // 10]
    size = f"{reader.lines:,} rows, {reader.bytes / 2**20:.0f} MiB"
    note = f"{size}, {spent / 1000:.1f} s of CPU; {begun:.0f} MiB at a tenth"
    return [Figure("CSV: memory that its rows add", None, max(reader.memory) - begun, GROWTH, "MiB", note)]
