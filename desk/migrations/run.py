"""`desk migrate`: roles, then every migration that has not run, all of it under one lock and in one transaction."""

import os
from pathlib import Path
from typing import Any

import asyncpg
from piccolo.apps.migrations.commands.base import BaseMigrationManager
from piccolo.apps.migrations.tables import Migration

from desk import db
from desk.db.transaction import DeskTransaction

LOCK = 0x6465736B  # 'desk'
SQL = Path(__file__).parent / "sql"
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
        return self.get_migration_modules(str(Path(__file__).parent / "history"))

    async def done(self) -> set[str]:
        if not await Migration.table_exists().run():
            return set()
        return set(await Migration.get_migrations_which_ran("desk"))

    async def pending(self) -> list[str]:
        return sorted(set(self.modules()) - await self.done())

    async def forwards(self) -> list[str]:
        await self.create_migration_table()
        names = await self.pending()
        for name in names:
            manager = await self.modules()[name].forwards()
            await manager.run()
            await Migration.insert(Migration(name=name, app_name="desk"))
        return names


async def make_roles(url: str) -> None:
    """As the login of the URL, which needs CREATEROLE and the database; harmless when they stand."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await connection.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
            await connection.execute((SQL / "roles.sql").read_text())
    finally:
        await connection.close()


async def migrate(url: str) -> list[str]:
    """The names of the migrations that ran now. Two at once: the second waits and finds nothing left."""
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
    """Run files of sql/ inside a migration's transaction."""
    for name in names:
        await db.fetch_script((SQL / name).read_text())
