"""What must follow from a change follows, at least once and never twice."""

from datetime import datetime, timedelta

import asyncpg
import pytest

from desk import clock, db, queue
from desk.journal import actions, jobs, rules
from desk.journal.queries import Fact
from desk.journal.rules import Tag
from desk.worker import REACTIONS
from tests.firm import Firm


async def _errand(root: asyncpg.Connection, tag: Tag) -> asyncpg.Record:
    return await root.fetchrow(
        "select r.* from errands r join entries e on e.id = r.entry where e.tag = $1 order by 1 desc", tag
    )


async def _entry(root: asyncpg.Connection, tag: Tag) -> int:
    return int((await _errand(root, tag))["entry"])


async def _claims(at_most: int) -> list[int]:
    """A moment after they were written: until then their writer has them done."""
    return [entry for entry, _ in await actions.claim(at=clock.now() + rules.HEAD_START, at_most=at_most)]


async def test_every_entry_has_an_errand_in_the_same_transaction(firm: Firm, superuser: asyncpg.Connection) -> None:
    with pytest.raises(RuntimeError):
        async with db.acting_as(firm.lin):
            await firm_writes(firm)
            raise RuntimeError

    assert await superuser.fetchval("select count(*) from entries where tag = 'settings_changed'") == 0
    async with db.acting_as(firm.lin):
        await firm_writes(firm)
    assert (await _errand(superuser, Tag.SETTINGS_CHANGED))["state"] == "waiting"


async def firm_writes(firm: Firm) -> None:
    await actions.write(Tag.SETTINGS_CHANGED, f"person:{firm.lin.person}", at=clock.now(), audience=["staff"])


async def test_two_relays_share_what_is_due(firm: Firm, superuser: asyncpg.Connection) -> None:
    await superuser.execute("update errands set state = 'done'")
    for n in range(6):
        await firm.lin_asks_for(f"number {n}")

    async with db.acting_as(db.NOBODY):
        first = await _claims(3)
        waiting = "select count(*) from errands where state = 'waiting'"
        second = [
            row["entry"]
            for row in await superuser.fetch(
                "select entry from errands where state = 'waiting' order by entry for update skip locked"
            )
        ]

    assert len(first) == len(second) == 3
    assert not set(first) & set(second)
    assert await superuser.fetchval(waiting) == 3


async def test_what_a_lost_executor_never_did_is_due_again(firm: Firm, superuser: asyncpg.Connection) -> None:
    await superuser.execute("update errands set state = 'done'")
    await firm.lin_asks_for("a laptop")
    async with db.acting_as(db.NOBODY):
        sent = await _claims(9)
        assert await _claims(9) == []

    firm.time.move(seconds=rules.PATIENCE.total_seconds() + 1)

    async with db.acting_as(db.NOBODY):
        assert await _claims(9) == sent


async def test_a_reaction_that_fails_is_tried_again_later_and_lies_dead_in_the_end(
    firm: Firm, superuser: asyncpg.Connection
) -> None:
    async def fails(_: Fact) -> None:
        raise ValueError("the words of a request")

    await firm.lin_asks_for("a laptop")
    entry = await _entry(superuser, Tag.REQUEST_FILED)
    await superuser.execute("update errands set state = 'sent', tries = 1 where entry = $1", entry)

    await jobs.react(entry, 1, {Tag.REQUEST_FILED: (fails,)})

    errand = await _errand(superuser, Tag.REQUEST_FILED)
    assert (errand["state"], errand["fault"]) == ("waiting", "ValueError")
    assert errand["next_at"] == clock.now() + timedelta(seconds=2)

    await superuser.execute("update errands set state = 'sent', tries = $1 where entry = $2", rules.TRIES, entry)
    await jobs.react(entry, rules.TRIES, {Tag.REQUEST_FILED: (fails,)})
    assert (await _errand(superuser, Tag.REQUEST_FILED))["state"] == "dead"


async def test_what_follows_only_later_waits_until_then_without_a_try(
    firm: Firm, superuser: asyncpg.Connection
) -> None:
    evening, morning = clock.now() + timedelta(hours=3), clock.now() + timedelta(hours=18)
    done: list[str] = []

    async def at_once(_: Fact) -> None:
        done.append("at once")

    reactions = {Tag.REQUEST_FILED: (at_once, later_at(morning), later_at(evening))}
    await firm.lin_asks_for("a laptop")
    await jobs.react(await _entry(superuser, Tag.REQUEST_FILED), 3, reactions)

    errand = await _errand(superuser, Tag.REQUEST_FILED)
    assert (errand["state"], errand["tries"], errand["next_at"], done) == ("waiting", 0, evening, ["at once"])


def later_at(at: datetime) -> jobs.Reaction:
    async def later(_: Fact) -> datetime:
        return at

    return later


async def test_an_errand_that_runs_twice_tells_once(firm: Firm, superuser: asyncpg.Connection) -> None:
    await firm.lin_asks_for("a laptop")
    entry = await _entry(superuser, Tag.REQUEST_FILED)

    for tries in (1, 2):
        await jobs.react(entry, tries, REACTIONS)

    assert (
        await superuser.fetchval("select count(*) from notices where entry = $1 and person = $2", entry, firm.wu.person)
        == 1
    )
    assert (await _errand(superuser, Tag.REQUEST_FILED))["state"] == "done"


async def test_whoever_writes_an_entry_hands_it_to_the_executor(firm: Firm, superuser: asyncpg.Connection) -> None:
    await (await queue.connection()).flushdb()

    await firm.lin_asks_for("a laptop")

    entry = await _entry(superuser, Tag.REQUEST_FILED)
    assert await (await queue.connection()).exists(f"arq:job:{queue.REACT}:{entry}:0")
    assert (await _errand(superuser, Tag.REQUEST_FILED))["state"] == "waiting"


async def test_the_relay_hands_over_what_has_not_followed_a_moment_later(
    firm: Firm, superuser: asyncpg.Connection
) -> None:
    await superuser.execute("update errands set state = 'done'")
    await firm.lin_asks_for("a laptop")
    entry = await _entry(superuser, Tag.REQUEST_FILED)
    await (await queue.connection()).flushdb()

    await jobs.relay()
    assert not await (await queue.connection()).exists(f"arq:job:{queue.REACT}:{entry}:1")
    firm.time.set(clock.now() + rules.HEAD_START)
    await jobs.relay()

    assert await (await queue.connection()).exists(f"arq:job:{queue.REACT}:{entry}:1")
    assert (await _errand(superuser, Tag.REQUEST_FILED))["state"] == "sent"
