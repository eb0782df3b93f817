"""Tiers are nested, through the running product: raising one never shows more, time alone never shows less."""

import random
from collections.abc import Iterable
from datetime import date, timedelta

import asyncpg
import pytest

from desk import db
from tests.disclosure.test_agreement import NOW, TODAY, Firm

pytestmark = pytest.mark.slow
NONE, MARK, READ = 0, 1, 2
DAY = date(2026, 3, 1)  # of the portion that is looked at, and of no other: its marker can be told from theirs
_WRITTEN = """
update updates set tier = $2::int, day = $3, opens_to = least($4::int, $2::int), opens_on = case when $2::int >= 2 then $5::date end, sealed = false,
                   reason = case when $2::int >= 2 then 'legal' end where id = $1 returning ticket
"""


async def _sights(people: Iterable[int], ticket: int, update: int) -> dict[int, int]:
    """What each of them has of some words: their text, a marker, nothing."""
    found = {}
    for who in people:
        async with db.acting_as(db.Reader(who), writing=False):
            read = bool(await db.fetch("select from updates where id = $1", update))
            days = {row["day"] for row in await db.fetch("select * from update_markers($1)", ticket)}
        found[who] = READ if read else MARK if DAY in days else NONE
    return found


async def _lookers(firm: Firm, update: int, *, without_grant: bool = False) -> list[int]:
    """Everybody, but guests who wrote or asked what only employees could: the doors let none do so. A grant ends by itself."""
    row = await firm.root.fetchrow(
        "select u.author, t.requester from updates u join tickets t on t.id = u.ticket where u.id = $1", update
    )
    return [
        who
        for who, facts in firm.people.items()
        if not (facts["guest"] and who in tuple(row)) and not (without_grant and facts["grants"])
    ]


async def _moved(root: asyncpg.Connection, update: int, tier: int, opens_to: int = 1) -> int:
    """The words at that tier, with the locks that the locksmith gives them."""
    ticket: int = await root.fetchval(_WRITTEN, update, tier, DAY, opens_to, TODAY + timedelta(days=30))
    await root.execute("select relock_ticket($1)", ticket)
    return ticket


@pytest.fixture
async def firm(desk: None, still: object, superuser: asyncpg.Connection) -> Firm:
    found = Firm(random.Random(29), superuser)
    await found.found()
    for _ in range(24):
        await found.plant()
    return found


def _portions(firm: Firm) -> list[int]:
    """Words under requests that are open to employees: there each tier is possible."""
    return [int(str(one["item"]).partition(":")[2]) for one in firm.portions if one["table"] == "updates"]


async def test_raising_a_tier_never_shows_more(firm: Firm, superuser: asyncpg.Connection) -> None:
    compared = 0
    for update in _portions(firm)[:36]:
        least = await _least(superuser, update)
        before: dict[int, int] = {}
        for tier in range(least, 5):
            ticket = await _moved(superuser, update, tier)
            after = await _sights(await _lookers(firm, update), ticket, update)
            assert not [who for who in before if after[who] > before[who]], (update, tier)
            before, compared = after, compared + 1

    assert compared > 100


async def test_time_alone_never_shows_less(firm: Firm, superuser: asyncpg.Connection) -> None:
    opened = 0
    for update in _portions(firm)[:36]:
        least, patient = max(2, await _least(superuser, update)), await _lookers(firm, update, without_grant=True)
        for tier in range(least, 5):
            ticket = await _moved(superuser, update, tier, opens_to=firm.dice.choice((0, 1, 2)))
            before = await _sights(patient, ticket, update)
            async with db.acting_as(db.NOBODY):
                due = await db.fetch(
                    "select * from open_due($1, $2, $3)", firm.departments, TODAY + timedelta(days=30), NOW
                )
            after = await _sights(patient, ticket, update)
            assert not [who for who in before if after[who] < before[who]], (update, tier)
            opened += len([one for one in due if one["item"] == f"update:{update}"])

    assert opened > 60


async def _least(root: asyncpg.Connection, update: int) -> int:
    """Words are never more open than the request that they stand under."""
    tier: int = await root.fetchval(
        "select case when t.tier >= 2 then t.tier else 0 end from updates u join tickets t on t.id = u.ticket where u.id = $1",
        update,
    )
    return tier
