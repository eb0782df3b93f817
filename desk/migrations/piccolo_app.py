"""Every table of the desk, for Piccolo's migrations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="desk",
    migrations_folder_path=str(Path(__file__).parent / "history"),
    table_classes=table_finder(
        [
            f"desk.{package}.tables"
            for package in (
                "directory", "accounts", "journal", "search", "mail", "disclosure", "sla", "catalog", "tickets",
                "notices", "outbox", "webhooks", "reports",
            )
        ]
    ),
)  # fmt: skip
