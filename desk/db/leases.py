"""One at a time: whoever holds a lease keeps a connection for it, and the server takes it back when that ends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import asyncpg

from desk.db.engine import ACQUIRE_SECONDS, address
from desk.db.outage import Unavailable, cannot_reach

AGAIN = 1.0  # seconds until the next knock
_TAKE = "select pg_try_advisory_lock(hashtextextended($1, 0))"


class Lease:
    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    def check(self) -> None:
        """Raises Unavailable when the line to the server broke, and somebody else may hold the lease by now."""
        if self._connection.is_closed():
            raise Unavailable


@asynccontextmanager
async def lease(name: str) -> AsyncIterator[Lease]:
    """Waits until nobody else holds it. It guards against doing things twice in vain, and is no proof: keys are."""
    try:
        connection = await asyncpg.connect(address(), timeout=ACQUIRE_SECONDS, server_settings={"role": "desk_app"})
    except Exception as error:
        if cannot_reach(error):
            raise Unavailable from error
        raise
    try:
        await _take(connection, name)
        yield Lease(connection)
    finally:
        with suppress(Exception):
            await connection.close(timeout=ACQUIRE_SECONDS)


async def _take(connection: asyncpg.Connection, name: str) -> None:
    try:
        while True:  # asked again and again: a statement that waits for days would keep old rows from being vacuumed
            if await connection.fetchval(_TAKE, name):
                return
            await asyncio.sleep(AGAIN)
    except asyncpg.PostgresError as error:
        raise Unavailable from error
