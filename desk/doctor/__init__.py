"""desk doctor: says in a sentence each what is wrong and what to do; ends with 1 when anything is."""

import asyncio
from collections.abc import Awaitable, Callable

import click

from desk import db, settings
from desk.doctor import firm, letters, place, queues, server
from desk.doctor.seeing import UNSEEN, seen
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
    """From the ground up. Without the server or its roles nobody can ask further."""
    url = db.address()
    found = place.faults() + await seen("valkey", queues.valkey())
    standing = await server.faults(url)
    found += standing.faults
    if not standing.reachable:
        return found
    behind = await seen("migrations", server.migrations(url))
    asked = {
        "errands": queues.errands, "letters": letters.faults, "sendings": queues.sendings, "firm": firm.faults,
    }  # fmt: skip
    kept = [fault for what, check in asked.items() for fault in await seen(what, _as_app(url, check))]
    # before a migration, what cannot be seen is no news of its own
    return found + behind + [fault for fault in kept if not (behind and fault.key == UNSEEN)]


async def _as_app(url: str, check: Callable[[], Awaitable[list[Sentence]]]) -> list[Sentence]:
    await db.open_pool(url, size=1)
    try:
        return await check()
    finally:
        await db.close_pool()
