"""desk seed"""

import asyncio

import click

from desk import settings
from desk.i18n import LANGUAGES, Refused, say

PASSWORD = "demo-desk-2026"  # of everybody in the demo firm, and of nobody in production


@click.command
def seed() -> None:
    """Tell the demo firm's story into an empty database: its people, services, and requests of the last 30 days."""
    if settings.current().production:
        raise Refused("demo.production")
    people, requests = asyncio.run(_seed())
    for language in LANGUAGES:
        click.echo(say(language, "demo.told", people=people, requests=requests, password=PASSWORD))


async def _seed() -> tuple[int, int]:
    from desk import db, queue
    from desk.demo import telling

    await db.open_pool(db.address(), size=2, timeout_ms=0)
    try:
        return await telling.tell(PASSWORD)
    finally:
        await db.close_pool()
        await queue.close()
