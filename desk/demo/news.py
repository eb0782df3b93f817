"""What everybody was told along the way: the older notices are read by now, so that nobody begins with hundreds."""

from collections import defaultdict
from datetime import datetime

from desk import clock, db
from desk.db import Reader
from desk.journal import actions as journal
from desk.journal.queries import Fact, fact
from desk.journal.rules import HEAD_START
from desk.notices import actions as notices
from desk.notices import queries, rules
from desk.outbox.actions.writing import write
from desk.outbox.queries.facts import addressed

READ_UNTIL = "-4:00"  # what came since is still new
_PORTION = 1000


async def spread(*, read_until: datetime) -> None:
    """What the worker's reactions would have done to every entry of the journal, dated as it happened."""
    async with db.acting_as(db.NOBODY):
        errands = await journal.claim(at=clock.now() + HEAD_START, at_most=_PORTION)
        facts = [await fact(entry) for entry, _ in errands]
        told = await _by_person(facts)
        letters = [
            (one, await addressed(one, at=one.at)) for one in facts if one.at >= read_until and one.ticket is not None
        ]
        for entry, _ in errands:
            await journal.done(entry)
    for person, facts in told.items():
        async with db.acting_as(Reader(person)):
            await _tell(facts, read_until)
    for one, people in letters:
        for person, matter in people:
            async with db.acting_as(Reader(person)):
                await write(one, matter, at=one.at)


async def _by_person(facts: list[Fact]) -> dict[int, list[Fact]]:
    found: dict[int, list[Fact]] = defaultdict(list)
    for one in facts:
        if one.ticket is not None or one.tag in rules.OF_NO_REQUEST:
            for person in rules.told(one.tag, await queries.parts(one, at=one.at), by=one.by):
                found[person].append(one)
    return found


async def _tell(facts: list[Fact], read_until: datetime) -> None:
    for one in facts:
        if one.at < read_until:
            await notices.tell(one, at=one.at)
    await notices.read_all(at=read_until)
    for one in facts:
        if one.at >= read_until:
            await notices.tell(one, at=one.at)
