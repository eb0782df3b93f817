"""python -m tests.migrations.landed URL: migrates like the version that landed first, which knew no guards of today."""

import asyncio
import sys

from piccolo.apps.migrations.tables import Migration

from desk import db
from desk.migrations import run

MIGRATIONS = ("2026-11-24T10:00:00:000000", "2026-11-24T10:30:00:000000")


async def land(url: str) -> None:
    await run.make_roles(url)
    await db.open_pool(url, role="desk_owner", size=1, timeout_ms=0)
    async with run._owner():
        history = run.History()
        await history.create_migration_table()
        for name in MIGRATIONS:
            await (await history.modules()[name].forwards()).run()
            await Migration.insert(Migration(name=name, app_name="desk"))
    await db.close_pool()


if __name__ == "__main__":
    asyncio.run(land(sys.argv[1]))
