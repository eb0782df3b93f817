from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from desk.migrations.run import run_sql

ID = "2026-11-24T10:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Guards: constraints, the reader, row security, indexes, the locksmith"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="desk", description=DESCRIPTION)

    async def run() -> None:
        await run_sql("constraints.sql", "reader.sql", "policies.sql", "indexes.sql", "locksmith.sql", "operator.sql")

    manager.add_raw(run)
    return manager
