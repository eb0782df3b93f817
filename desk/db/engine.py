"""Piccolo's engine, closed by default: every statement needs a transaction that carries its reader."""

from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresEngine
from piccolo.querystring import QueryString

from desk import embedded, settings

STATEMENT_TIMEOUT_MS = 5_000
ACQUIRE_SECONDS = 2.0


class OutsideTransaction(RuntimeError):
    """A query that nobody runs: open `db.acting_as(reader)` first."""


class DeskEngine(PostgresEngine):
    opened = 0  # how often this process has opened a pool: what it knows of one database it does not know of the next

    def __init__(self) -> None:
        super().__init__(config={})

    async def check_version(self) -> None:
        """`desk doctor` asks the server; importing a module must not."""

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> Any:
        self._inside()
        return await super().run_querystring(querystring, in_pool)

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> Any:
        self._inside()
        return await super().run_ddl(ddl, in_pool)

    def _inside(self) -> None:
        if self.current_transaction.get() is None:
            raise OutsideTransaction("This query runs as nobody; open db.acting_as(reader) around it.")


ENGINE = DeskEngine()


async def _nothing_to_reset(_: asyncpg.Connection) -> None:
    """Our transactions set only transaction-local values, so a connection comes back as it went out."""


async def open_pool(
    url: str, *, role: str = "desk_app", size: int = 8, timeout_ms: int = STATEMENT_TIMEOUT_MS, lasting: bool = True
) -> None:
    """Connect as a role of the desk; the login of `url` must be a member of it (`desk migrate` sees to that).

    What is not lasting may be lost, the last moments of it together, when the server breaks down: for work that is then
    done again.
    """
    ENGINE.opened += 1
    ENGINE.pool = await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=size,
        server_settings={
            "role": role,
            "statement_timeout": str(timeout_ms),
            "timezone": "UTC",
            "synchronous_commit": "on" if lasting else "off",
            # Row security makes planning dearer than running (queue: 2.6 ms against 0.8): plan every text once.
            "plan_cache_mode": "force_generic_plan",
        },
        max_inactive_connection_lifetime=60,
        reset=_nothing_to_reset,
    )


def address() -> str:
    """The database of this process: DESK_DATABASE_URL, or the embedded one under DESK_DATA."""
    return settings.current().database_url or embedded.database_url(settings.current())


def pool() -> asyncpg.Pool:
    if ENGINE.pool is None:
        raise RuntimeError("No pool: open_pool() belongs to the start of the process.")
    return ENGINE.pool


async def close_pool() -> None:
    if ENGINE.pool is not None:
        await ENGINE.pool.close()
        ENGINE.pool = None
