"""`desk mail replay`: letters that lie dead or wait are read once more."""

import click

from desk import clock, db
from desk.directory.commands import as_operator
from desk.mail.actions import work


@click.command
@click.argument("letter", type=int, required=False)
def replay(letter: int | None) -> None:
    """Read letters once more: one that waits, by its number, or all that could not be read."""
    click.echo(as_operator(_replay(letter)))


async def _replay(letter: int | None) -> int:
    async with db.acting_as(db.NOBODY):
        return await work.replay(letter, at=clock.now())
