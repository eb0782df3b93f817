"""python -m bench load --requests 100000 [--data FOLDER]

A realistic firm in a database of its own (desk_100000 in an embedded cluster under FOLDER), by COPY, from a fixed seed.
"""

import argparse
import asyncio
import gc
import hashlib
import heapq
import random
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import datetime
from itertools import chain
from pathlib import Path

import asyncpg

from bench.load import firm
from bench.load import plan as plans
from bench.load.books import Books
from bench.load.life import FIRST_NUMBER, Chronicle
from desk import clock
from desk.embedded.folder import Folder
from desk.embedded.postgres import Postgres
from desk.migrations.run import migrate
from desk.sla.rules import instants

DATA = Path("var/bench")
_SEED = 20261124
_BETWEEN_COPIES = 2000  # happenings
HASTE = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "4GB", "autovacuum": "off"}  # while loading only


def main(argv: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench load", description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--data", type=Path, default=DATA)
    wanted = parser.parse_args(argv)
    gc.disable()  # millions of rows and no cycle among them
    with Folder(wanted.data).lock(), Postgres(wanted.data.absolute(), HASTE) as postgres:
        begun = time.monotonic()
        load(postgres, wanted.requests)
        print(f"{wanted.requests} requests in database {name(wanted.requests)}, {time.monotonic() - begun:.0f} s")


def name(requests: int) -> str:
    return f"desk_{requests}"


def load(postgres: Postgres, requests: int) -> None:
    """A fresh database of that size; an older one is dropped."""
    postgres.make_database()
    database = name(requests)
    postgres.psql(f"drop database if exists {database} with (force)")
    postgres.psql(f"create database {database} owner desk")
    bring_up_to_date(postgres.url(database))
    asyncio.run(fill(postgres.url(database, user="postgres"), requests, now=clock.now()))
    postgres.psql("vacuum (freeze, analyze)", database)
    postgres.psql(f"comment on database {database} is '{sources()}'; checkpoint")


def loaded(postgres: Postgres, requests: int) -> bool:
    """Whether there is a database of that size, told as it would be told now; with the tables and guards of today."""
    return is_told(postgres, name(requests), sources())


def is_told(postgres: Postgres, database: str, by: str) -> bool:
    """By these sources; then it is brought up to date as any desk would be."""
    script = "select shobj_description(oid, 'pg_database') from pg_database where datname = "
    told = postgres.psql(f"{script}'{database}'") == by
    if told:
        bring_up_to_date(postgres.url(database))
    return told


def bring_up_to_date(url: str) -> None:
    with redirect_stdout(sys.stderr):  # Piccolo tells every step
        asyncio.run(migrate(url))


def sources() -> str:
    texts = [path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))]
    return hashlib.sha256(b"".join(texts)).hexdigest()


async def fill(url: str, requests: int, *, now: datetime) -> None:
    """Into a migrated and empty database; `url` is a superuser's, `now` the instant at which the story stops."""
    connection = await asyncpg.connect(url, timeout=60)
    try:
        await connection.execute("set session_replication_role = replica; set synchronous_commit = off")
        books = Books(connection, random.Random(f"{_SEED} tokens"))
        await books.open()
        for number, _ in enumerate(_happenings(books, requests, now)):
            if number % _BETWEEN_COPIES == 0:
                await books.copy()
        await books.close()
        await connection.execute("select setval('ticket_numbers', $1)", FIRST_NUMBER + requests)
    finally:
        await connection.close()


def _happenings(books: Books, requests: int, now: datetime) -> Iterator[int]:
    """Tells all stories at once, happening by happening, as they would have been written."""
    dice = random.Random(_SEED)
    chronicle = Chronicle(books, firm.found(books, dice, now=now), dice, now)
    departments = len(chronicle.firm.staff)
    decided = plans.plans(requests, dice, instants.seconds(now), departments)
    running: list[tuple[int, int, Iterator[int]]] = []
    for number, plan in enumerate(chain(decided, [None])):
        while running and (plan is None or running[0][0] <= plan.filed_at):
            at, which, story = running[0]
            yield at
            after = next(story, None)
            if after is None:
                heapq.heappop(running)
            else:
                heapq.heapreplace(running, (after, which, story))
        if plan is not None:
            story = chronicle.story(plan)
            heapq.heappush(running, (next(story), number, story))
