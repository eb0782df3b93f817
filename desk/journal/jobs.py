"""The relay: from the journal's errands to the executor, at least once; reactions are idempotent."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from desk import clock, db, queue
from desk.faults import places
from desk.journal import actions, queries
from desk.journal.queries import Fact, pending
from desk.journal.rules import Tag

log = logging.getLogger(__name__)
PORTION = 200
CHAINED = 10_000  # entries of one run of the sealer
FULL = 1000  # jobs in the line: what is behind them would be sent again before its turn comes
Reaction = Callable[[Fact], Awaitable[datetime | None]]  # an instant: what is left follows then
Reactions = Mapping[Tag, Sequence[Reaction]]


async def relay() -> int:
    """Hand over everything that is due. Several workers may do so at once: SKIP LOCKED shares it out."""
    sent = 0
    while await queue.waiting() < FULL:
        async with db.at_once():
            claimed = await actions.claim(at=clock.now(), at_most=PORTION)
        for entry, tries in claimed:
            await queue.enqueue(queue.REACT, entry, tries, key=f"{queue.REACT}:{entry}:{tries}")
        sent += len(claimed)
        if len(claimed) < PORTION:
            break
    return sent


async def react(entry: int, tries: int, reactions: Reactions) -> None:
    """Everything that follows from one entry. A fault is kept by its type only: texts may quote words.

    Raises Unavailable: an outage of the database is no fault of the errand, which is due again by itself.
    """
    try:
        async with db.acting_as(db.NOBODY, writing=False):
            known = await pending(entry)
        if known is None:
            return
        later = [at for reaction in reactions.get(known.tag, ()) if (at := await reaction(known))]
    except db.Unavailable:
        raise
    except Exception as fault:
        log.error("entry %s, try %s\n%s", entry, tries, places(fault))
        async with db.at_once():
            await actions.failed(entry, type(fault).__name__, tries=tries, at=clock.now())
        return
    async with db.at_once():
        if later:
            await actions.wait(entry, until=min(later))
        else:
            await actions.done(entry)


async def seal() -> None:
    """Chain new entries, then let the anchor follow, unless it knows an end that the chain has not: then somebody must
    look (`desk journal verify`), and moving it would hide what happened.
    """
    async with db.acting_as(db.NOBODY):
        before = await queries.head()
        chained = await actions.chain(at=clock.now(), at_most=CHAINED)
        head = await queries.head()
    if not chained or head is None:
        return
    known = await actions.anchored()
    async with db.at_once():
        follows = before is None if known is None else await queries.holds(known)
    if follows:
        await actions.set_anchor(head)
    else:
        log.error("the journal's anchor does not fit its chain: run desk journal verify")
