"""Reactions to the journal: tell whom it concerns, and ring the pages that are open."""

from datetime import datetime

from desk import clock, db, queue
from desk.journal.queries import Fact
from desk.notices import actions, queries, rules


async def tell(fact: Fact) -> datetime | None:
    """One transaction for each recipient, as that recipient. Returns when whoever is out of hours now is to be told."""
    if fact.ticket is None and fact.tag not in rules.OF_NO_REQUEST:
        return None
    async with db.acting_as(db.NOBODY, writing=False):
        parts = await queries.parts(fact, at=clock.now())
    later = [at for person in rules.told(fact.tag, parts, by=fact.by) if (at := await _tell(person, fact))]
    return min(later, default=None)


async def _tell(person: int, fact: Fact) -> datetime | None:
    at = clock.now()
    async with db.acting_as(db.Reader(person)):
        if fact.tag in rules.IN_HOURS and (opens := await queries.opens(at)):
            return opens
        told = await actions.tell(fact, at=at)
    if told:
        await queue.publish(queue.person_bell(person), str(fact.entry))
    return None


async def ring(fact: Fact) -> None:
    """Whoever has the request open asks again, if they may read what changed."""
    if fact.ticket is not None:
        await queue.publish(queue.ticket_bell(fact.ticket), str(fact.entry))
