from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from desk.migrations.run import run_sql

ID = "2026-11-29T23:52:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Outcomes by time"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="desk", description=DESCRIPTION)

    async def run() -> None:
        await run_sql("outcomes.sql")

    manager.add_raw(run)
    return manager
