"""The database is away: it lets nobody in, and whoever was in is put out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

_OUT = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'desk'"


@asynccontextmanager
async def away(superuser: asyncpg.Connection) -> AsyncIterator[None]:
    name = await superuser.fetchval("select current_database()")
    await superuser.execute(f'alter database "{name}" connection limit 0')
    await superuser.fetch(_OUT)
    try:
        yield
    finally:
        await superuser.execute(f'alter database "{name}" connection limit -1')
