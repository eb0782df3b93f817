from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from desk.migrations.run import run_sql

ID = "2026-11-29T23:10:01:000000"
VERSION = "1.38.0"
DESCRIPTION = "Marked changes are behind locks; when a department got a request"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="desk", description=DESCRIPTION)

    async def run() -> None:
        await run_sql("report_changes.sql")

    manager.add_raw(run)
    return manager
