"""Reactions to the journal: tell whom it concerns, believe reports; and by the clock: hand over, tell in digests."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TypeVar

from desk import clock, db, queue, settings
from desk.journal.queries import Fact
from desk.notices import actions as telling
from desk.notices import queries as notices
from desk.notices.rules import IN_HOURS, OF_NO_REQUEST
from desk.outbox.actions import delivery
from desk.outbox.actions.composing import signer
from desk.outbox.actions.delivery import Claimed
from desk.outbox.actions.digests import digest
from desk.outbox.actions.handing import Line
from desk.outbox.actions.writing import write
from desk.outbox.queries import due
from desk.outbox.queries import facts as of
from desk.outbox.rules.delivery import State, Verdict, settled
from desk.outbox.rules.matters import Matter

PORTION, ROUNDS = 20, 10  # letters of one claim, claims of one run
PEOPLE = 100
Done = TypeVar("Done")


async def tell(fact: Fact) -> datetime | None:
    """Everyone whom it concerns, in a transaction of theirs: a notice, and a letter that says as much. Returns when
    whoever is out of hours now is to be told.
    """
    if fact.ticket is None and fact.tag not in OF_NO_REQUEST:
        return None
    async with db.acting_as(db.NOBODY, writing=False):
        addressed = await of.addressed(fact, at=clock.now())
    later = await _each([partial(_tell, person, fact, matter) for person, matter in addressed])
    return min((at for at in later if at), default=None)


async def _tell(person: int, fact: Fact, matter: Matter) -> datetime | None:
    """A letter that cannot be written keeps nobody from their notice."""
    try:
        return await _told(person, fact, matter)
    except db.Unavailable:
        raise
    except Exception:
        await _told(person, fact, None)
        raise


async def _told(person: int, fact: Fact, matter: Matter | None) -> datetime | None:
    at = clock.now()
    async with db.acting_as(db.Reader(person)):
        if fact.tag in IN_HOURS and (opens := await notices.opens(at)):
            return opens
        if person != fact.by and await telling.tell(fact, at=at):
            db.after_commit("bell", partial(queue.publish, queue.person_bell(person), str(fact.entry)))
        if matter is not None:
            await write(fact, matter, at=at)
    return None


async def tell_in_digests(at: datetime | None = None) -> int:
    """What waited for 11:30 or 17:00, in one letter for each person; returns how many people."""
    moment, told = at or clock.now(), 0
    for _ in range(ROUNDS):
        async with db.acting_as(db.NOBODY, writing=False):
            people = await due.digests(moment, at_most=PEOPLE)
        await _each([partial(_digest, person, moment) for person in people])
        told += len(people)
        if len(people) < PEOPLE:
            break
    return told


async def _digest(person: int, at: datetime) -> None:
    async with db.acting_as(db.Reader(person)):
        await digest(at=at)
    async with db.acting_as(db.NOBODY):
        await delivery.drop_held(person, at=at)


async def _each(steps: Sequence[Callable[[], Awaitable[Done]]]) -> list[Done]:
    """All of them, whatever becomes of one; then the first fault, so that it is tried again. An outage ends all."""
    done: list[Done] = []
    faults: list[Exception] = []
    for step in steps:
        try:
            done.append(await step())
        except db.Unavailable:
            raise
        except Exception as fault:
            faults.append(fault)
    if faults:
        raise faults[0]
    return done


async def bounced(fact: Fact) -> None:
    """A report says what became of a letter."""
    async with db.acting_as(db.NOBODY):
        await delivery.came_back(fact.data, at=clock.now())


async def deliver() -> int:
    """Hand over what is due, letter by letter; without a server they stay. Several workers share it out (SKIP LOCKED).

    At least once on the wire: who is killed between the server's yes and the mark sends the same letter again, with
    the same Message-ID. Returns how many were tried.
    """
    if (url := settings.current().smtp_url) is None:
        return 0
    line, tried = Line(url), 0
    try:
        for _ in range(ROUNDS):
            async with db.acting_as(db.NOBODY):
                claimed = await delivery.claim(at=clock.now(), at_most=PORTION)
            tried += len(claimed)
            if not await _all_handed_over(claimed, line) or len(claimed) < PORTION:
                break
    finally:
        with suppress(Exception):
            await asyncio.to_thread(line.close)
    return tried


async def _all_handed_over(claimed: Sequence[Claimed], line: Line) -> bool:
    """False when the server is away: then those that are left are not tried one by one."""
    away: Verdict | None = None
    for one in claimed:
        verdict = away or await _handed_over(one, line)
        async with db.acting_as(db.NOBODY):
            await delivery.settle(one, verdict, at=clock.now())
        if verdict.away:
            away = verdict
    return away is None


async def _handed_over(one: Claimed, line: Line) -> Verdict:
    """What its recipient may not read any more is not handed over."""
    async with db.acting_as(db.Reader(one.person), writing=False):
        letter = await due.ready(one.id)
    if letter is None or letter.suspended:
        return Verdict(State.SKIPPED, "suspended" if letter else "shut")
    sender = signer().bounce_address(one.id, one.person)
    verdict = await asyncio.to_thread(line.hand_over, sender, letter.address, letter.content)
    return settled(verdict, written=letter.at, at=clock.now())
