"""Reactions to the journal: tell whom it concerns, and ring the pages that are open."""

from desk import clock, db, queue
from desk.journal.queries import Fact
from desk.notices import actions, queries, rules


async def tell(fact: Fact) -> None:
    """One transaction for each recipient, as that recipient."""
    if fact.ticket is None:
        return
    async with db.acting_as(db.NOBODY, writing=False):
        parts = await queries.concerned(fact.ticket)
        parts += [(person, rules.NAMED) for person in await queries.named(fact)]
    people = rules.told(fact.tag, parts, by=fact.by)
    for person in people:
        async with db.acting_as(db.Reader(person)):
            told = await actions.tell(fact, at=clock.now())
        if told:
            await queue.publish(queue.person_bell(person), str(fact.entry))


async def ring(fact: Fact) -> None:
    """Whoever has the request open asks again, if they may read what changed."""
    if fact.ticket is not None:
        await queue.publish(queue.ticket_bell(fact.ticket), str(fact.entry))
