"""desk people import, and how every command of the operator reaches the database."""

import asyncio
from collections.abc import Awaitable
from pathlib import Path
from typing import TypeVar

import click

from desk import db, queue
from desk.directory import actions as directory
from desk.directory.actions.roster import Imported

T = TypeVar("T")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_people(file: Path) -> None:
    """Read people from a CSV file: all of it, or nothing and every fault with its line."""
    done = as_operator(_import(file.read_bytes()))
    click.echo(f"Departments added: {done.departments}.")
    click.echo(f"People added: {done.added}, changed: {done.changed}, as they were: {done.unchanged}.")


async def _import(content: bytes) -> Imported:
    async with db.acting_as(db.NOBODY):
        return await directory.read_roster(content)


def as_operator(work: Awaitable[T]) -> T:
    """Run a command's work against the desk's database, however long it takes."""
    return asyncio.run(_connected(work))


async def _connected(work: Awaitable[T]) -> T:
    await db.open_pool(db.address(), size=1, timeout_ms=0)
    try:
        return await work
    finally:
        await db.close_pool()
        await queue.close()
