"""desk doctor: says in a sentence each what is wrong and what to do; ends with 1 when anything is."""

import asyncio

import click

from desk import db, settings
from desk.doctor import firm, place, queues, server
from desk.i18n import Sentence, say


@click.command()
def doctor() -> None:
    """Say what is wrong with this desk, and what to do about it."""
    found = asyncio.run(examine())
    language = settings.current().language
    for fault in found:
        click.echo(fault.say(language))
    if found:
        raise SystemExit(1)
    click.echo(say(language, "doctor.all_well"))


async def examine() -> list[Sentence]:
    """From the ground up; what stands on something broken is not asked."""
    found = place.faults() + await queues.valkey()
    standing = await server.faults(db.address())
    found += standing.faults
    if not standing.complete:
        return found
    await db.open_pool(db.address(), size=1)
    try:
        return found + await queues.errands() + await firm.faults()
    finally:
        await db.close_pool()
