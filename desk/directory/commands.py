"""desk people import"""

import asyncio
from pathlib import Path

import click

from desk import db, queue
from desk.directory import actions as directory
from desk.directory.actions.roster import Imported


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_people(file: Path) -> None:
    """Read people from a CSV file: all of it, or nothing and every fault with its line."""
    done = asyncio.run(_import(file.read_bytes()))
    click.echo(f"Departments added: {done.departments}.")
    click.echo(f"People added: {done.added}, changed: {done.changed}, as they were: {done.unchanged}.")


async def _import(content: bytes) -> Imported:
    await db.open_pool(db.address(), size=1, timeout_ms=0)
    try:
        async with db.acting_as(db.NOBODY):
            return await directory.read_roster(content)
    finally:
        await db.close_pool()
        await queue.close()
