"""`desk migrate`: roles; then what is pending of the history and the guards, under one lock, in one transaction."""

import os
from pathlib import Path
from typing import Any

import asyncpg
from piccolo.apps.migrations.commands.base import BaseMigrationManager
from piccolo.apps.migrations.tables import Migration

from desk import db
from desk.db.transaction import DeskTransaction
from desk.migrations import guards

LOCK = 0x6465736B  # 'desk'
HISTORY = Path(__file__).parent / "history"
GUARDS = "guards"  # the last step, beside the names of migrations
CONF = "desk.migrations.piccolo_conf"


class OwnerTransaction(DeskTransaction):
    """Runs as desk_owner, before there is any reader; waits for a migration that is already running."""

    __slots__ = ()

    async def begin(self) -> None:
        await self.connection.execute(f"BEGIN; SELECT pg_advisory_xact_lock({LOCK})")


def _owner() -> OwnerTransaction:
    os.environ["PICCOLO_CONF"] = CONF  # where Piccolo's own table of migrations finds the engine
    return OwnerTransaction(db.NOBODY, writing=True)


class History(BaseMigrationManager):
    def modules(self) -> dict[str, Any]:
        return self.get_migration_modules(str(HISTORY))

    async def done(self) -> set[str]:
        if not await Migration.table_exists().run():
            return set()
        return set(await Migration.get_migrations_which_ran("desk"))

    async def pending(self) -> list[str]:
        """Names of migrations, and GUARDS last when these have to be made anew: after any migration, too."""
        names = sorted(set(self.modules()) - await self.done())
        return names if not names and await guards.are_current() else [*names, GUARDS]

    async def forwards(self) -> list[str]:
        await self.create_migration_table()
        steps = await self.pending()
        for step in steps:
            await (guards.renew() if step == GUARDS else self._run(step))
        return steps

    async def _run(self, name: str) -> None:
        await guards.sweep()
        manager = await self.modules()[name].forwards()
        await manager.run()
        await Migration.insert(Migration(name=name, app_name="desk"))


async def make_roles(url: str) -> None:
    """As the login of the URL, which needs CREATEROLE and the database; harmless when they stand."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await connection.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
            await connection.execute((guards.SQL / "roles.sql").read_text())
    finally:
        await connection.close()


async def migrate(url: str) -> list[str]:
    """The steps that were taken now. Two at once: the second waits and finds nothing left."""
    await make_roles(url)
    await db.open_pool(url, role="desk_owner", size=1, timeout_ms=0)
    try:
        async with _owner():
            return await History().forwards()
    finally:
        await db.close_pool()


async def pending(url: str) -> list[str]:
    """What `migrate` would run; for `desk doctor`."""
    await db.open_pool(url, role="desk_owner", size=1)
    try:
        async with _owner():
            return await History().pending()
    finally:
        await db.close_pool()


async def run_sql(*names: str) -> None:
    """Run files of history/sql inside a migration's transaction. They belong to it and never change again."""
    for name in names:
        await db.fetch_script((HISTORY / "sql" / name).read_text(encoding="utf-8"))
