from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt

from desk.migrations.run import run_sql

ID = "2026-11-24T18:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Notices of what may not be read; thresholds in order"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="desk", description=DESCRIPTION)
    manager.alter_column(
        table_class_name="Notice",
        tablename="notices",
        column_name="ticket",
        db_column_name="ticket",
        params={"null": True},
        old_params={"null": False},
        column_class=BigInt,
        old_column_class=BigInt,
    )

    async def run() -> None:
        await run_sql("notices_and_thresholds.sql")

    manager.add_raw(run)
    return manager
