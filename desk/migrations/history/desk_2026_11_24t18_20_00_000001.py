from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from desk.migrations.run import run_sql

ID = "2026-11-24T18:20:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Policies: constraints; queues that nobody passes who has used most of the time"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="desk", description=DESCRIPTION)

    async def run() -> None:
        await run_sql("standards.sql")

    manager.add_raw(run)
    return manager
