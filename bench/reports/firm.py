"""A firm of twenty departments over twenty-four months: people and services of bench/load, requests in sets."""

import asyncio
import hashlib
from pathlib import Path

import asyncpg

from bench import load
from desk import clock
from desk.embedded.postgres import Postgres

_SETS = Path(__file__).with_name("firm.sql")
_STORIES = 200  # told in full, so that people, services and calendars are there
_LIMIT = "set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB'"
_ENDED = "select setval(pg_get_serial_sequence('{0}', 'id'), (select max(id) from {0}))"


def name(requests: int) -> str:
    return f"reports_{requests}"


def prepare(postgres: Postgres, requests: int) -> None:
    """What was told by these sources stays; then it is brought up to date as any desk would be."""
    if load.is_told(postgres, name(requests), _mark()):
        return
    postgres.make_database()
    postgres.psql(f"drop database if exists {name(requests)} with (force)")
    postgres.psql(f"create database {name(requests)} owner desk")
    load.bring_up_to_date(postgres.url(name(requests)))
    asyncio.run(_fill(postgres.url(name(requests), user="postgres"), requests))
    postgres.psql("vacuum (freeze, analyze)", name(requests))
    postgres.psql(f"comment on database {name(requests)} is '{_mark()}'; checkpoint")


def _mark() -> str:
    return hashlib.sha256(load.sources().encode() + _SETS.read_bytes()).hexdigest()


async def _fill(url: str, requests: int) -> None:
    now = clock.now()
    await load.fill(url, _STORIES, now=now)
    connection = await asyncpg.connect(url, timeout=60)
    try:
        await connection.execute(_LIMIT)
        text = _SETS.read_text().replace("$REQUESTS", str(requests)).replace("$NOW", now.isoformat())
        await connection.execute(f"begin; {text}; commit")
        for table in ("tickets", "promises", "promise_events", "hops", "updates"):
            await connection.execute(_ENDED.format(table))
    finally:
        await connection.close()
