"""The relay: from the journal's errands to the executor, at least once; reactions are idempotent."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence

from desk import clock, db, queue
from desk.journal import actions
from desk.journal.queries import Fact, fact
from desk.journal.rules import Tag

log = logging.getLogger(__name__)
PORTION = 200
Reaction = Callable[[Fact], Awaitable[None]]
Reactions = Mapping[Tag, Sequence[Reaction]]


async def relay() -> int:
    """Hand over everything that is due. Several workers may do so at once: SKIP LOCKED shares it out."""
    sent = 0
    while True:
        async with db.acting_as(db.NOBODY):
            claimed = await actions.claim(at=clock.now(), at_most=PORTION)
        for entry, tries in claimed:
            await queue.enqueue(queue.REACT, entry, tries, key=f"{queue.REACT}:{entry}:{tries}")
        sent += len(claimed)
        if len(claimed) < PORTION:
            return sent


async def react(entry: int, tries: int, reactions: Reactions) -> None:
    """Everything that follows from one entry. A fault is kept by its type only: texts may quote words."""
    try:
        async with db.acting_as(db.NOBODY, writing=False):
            known = await fact(entry)
        for reaction in reactions.get(known.tag, ()):
            await reaction(known)
    except Exception as fault:
        log.exception("entry %s, try %s", entry, tries)
        async with db.acting_as(db.NOBODY):
            await actions.failed(entry, type(fault).__name__, tries=tries, at=clock.now())
        return
    async with db.acting_as(db.NOBODY):
        await actions.done(entry)
