"""A reaction to the journal: ring the pages that are open."""

from desk import queue
from desk.journal.queries import Fact


async def ring(fact: Fact) -> None:
    """Whoever has the request open asks again, if they may read what changed."""
    if fact.ticket is not None:
        await queue.publish(queue.ticket_bell(fact.ticket), str(fact.entry))
