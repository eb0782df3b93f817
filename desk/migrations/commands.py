"""desk migrate"""

import asyncio

import click

from desk import db
from desk.migrations.run import migrate as run


@click.command()
def migrate() -> None:
    """Bring the database to this version (roles, tables, row security)."""
    steps = asyncio.run(run(db.address()))
    click.echo(f"Done: {', '.join(steps)}." if steps else "The database is up to date.")
