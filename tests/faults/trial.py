"""The desk under trial: its processes, which are killed and started again, and what is in its database."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import asyncpg
import httpx

from desk import db, queue
from desk.accounts import actions as accounts
from desk.db import Reader
from desk.embedded.child import Child
from tests.cluster import Cluster
from tests.firm import Firm

PATIENCE = 180.0  # seconds; only a fault lasts that long
LEFT = """  -- what the post has still to do
select (select count(*) from letters where state = 'kept') + (select count(*) from errands where state <> 'done')
     + (select count(*) from sendings where state in ('queued', 'deferred'))
"""

WHOLE = {
    "a request without its two promises": """
        select t.id from tickets t
         where (select count(*) from promises p where p.ticket = t.id and p.kind in ('first_reply', 'resolution')) <> 2""",
    "a promise that no event opened": """
        select p.id from promises p
         where (select count(*) from promise_events e where e.promise = p.id and e.kind = 'opened') <> 1""",
    "a running request in nobody's hands": """
        select t.id from tickets t where t.ended_at is null
           and (select count(*) from hops h where h.ticket = t.id and h.until is null) <> 1""",
    "a request that was not journaled once": """
        select t.id from tickets t
         where (select count(*) from entries e where e.ticket = t.id and e.tag = 'request_filed') <> 1""",
    "words that were not journaled once": """
        select u.id from updates u where (select count(*) from entries e where e.subject = 'update:' || u.id) <> 1""",
    "an entry without an errand": "select id from entries where not exists (select from errands where entry = id)",
    "a request that was filed twice": "select title from tickets group by title having count(*) > 1",
    "a reply that was written twice": "select body from updates group by body having count(*) > 1",
    "a key without an answer": "select id from submissions where answer is null",
}


class Trial:
    def __init__(self, house: Cluster, superuser: asyncpg.Connection) -> None:
        self.house, self.superuser = house, superuser
        self.children: list[Child] = []
        self.firm: Firm
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    # ---- processes

    def start(self, name: str) -> Child:
        """`desk web` or `desk worker`, as in real life; it ends with us."""
        environment = {**os.environ, "DESK_PORT": str(self.port)}
        command = [sys.executable, "-m", "desk.cli", name]
        child = Child(name, command, partial(self.house.postgres.folder.log, name), env=environment)
        child.start()
        self.children.append(child)
        return child

    async def close(self) -> None:
        for child in self.children:
            child.stop(patience=20)
        self.superuser.terminate()

    async def web(self) -> Child:
        """Started, and listening."""
        child = self.start("web")
        await until(self.answers)
        return child

    async def answers(self) -> bool:
        async with self.client() as client:
            try:
                return (await client.get("/api/me")).status_code == 401
            except httpx.TransportError:
                return False

    def client(self, token: str = "") -> httpx.AsyncClient:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", headers=headers, timeout=30)

    async def token(self, who: Reader) -> str:
        async with db.acting_as(who):
            return await accounts.make_token(who.person or 0, "test", cap=4)

    async def restart_postgres(self) -> None:
        self.house.postgres.start()
        await until(self._connects)

    async def kill_a_backend(self) -> None:
        """As when the machine runs out of memory: one process of PostgreSQL, killed with -9."""
        busy = "select pid from pg_stat_activity where usename = 'desk' and pid <> pg_backend_pid() limit 1"
        os.kill(await self.superuser.fetchval(busy), signal.SIGKILL)
        await until(self._is_cut_off)
        await until(self._connects)

    async def _is_cut_off(self) -> bool:
        return self.superuser.is_closed()

    async def _connects(self) -> bool:
        self.superuser.terminate()
        try:
            self.superuser = await asyncpg.connect(self.house.postgres.url("trial", user="postgres"))
        except (OSError, asyncpg.PostgresError):
            return False
        return True

    async def wipe_valkey(self) -> None:
        await (await queue.connection()).flushall()

    # ---- what is in the database, whoever may read it

    async def column(self, sql: str) -> list[Any]:
        return [row[0] for row in await self.superuser.fetch(sql)]

    async def count(self, of: str) -> int:
        return int(await self.superuser.fetchval(f"select count(*) from {of}"))  # noqa: S608

    async def nothing_to_do(self) -> bool:
        return await self.count("errands where state <> 'done'") == 0

    async def broken(self) -> dict[str, list[Any]]:
        """What is half or double."""
        found = {name: await self.column(sql) for name, sql in WHOLE.items()}
        return {name: rows for name, rows in found.items() if rows}


def kill(child: Child | None) -> None:
    """With -9, and wait until it is gone."""
    assert child
    assert child.process
    child.process.kill()
    child.process.wait()


async def until(holds: Callable[[], Awaitable[object]], *, every: float = 0.01, patience: float = PATIENCE) -> None:
    """How long it takes says nothing about the desk on a busy machine."""
    end = time.monotonic() + patience
    while not await holds():
        assert time.monotonic() < end, "it never came to hold"
        await asyncio.sleep(every)
