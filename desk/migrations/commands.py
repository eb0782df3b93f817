"""desk migrate"""

import asyncio

import click

from desk import db
from desk.migrations.run import migrate as run


@click.command()
def migrate() -> None:
    """Bring the database to this version (roles, tables, row security)."""
    names = asyncio.run(run(db.address()))
    click.echo(f"{len(names)} migrations ran." if names else "The database is up to date.")
