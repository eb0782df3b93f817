"""Rights that end while others read: no transaction that began after the commit reads anything. Real connections, at once."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import count

import asyncpg
import pytest

from desk import clock, db
from desk.accounts import actions as accounts
from desk.db import Reader
from desk.directory import actions as directory
from desk.disclosure.actions import grants
from tests.firm import Firm

RACES = 1000
READERS = 3
Revoke = Callable[[], Awaitable[None]]
_GRANT = """
insert into grants (person, item, since, until, by, why, token)
select $1, 'update:' || max(id), $2, $3, $4, 'a race', 'token-of-a-race-1' from updates
"""


class Race:
    """Everything has a place in one order: when a reader began, and when the revoke had been committed."""

    def __init__(self, firm: Firm, number: int, who: Reader) -> None:
        self.firm, self.number, self.who = firm, number, who
        self.order = count()
        self.committed: int | None = None
        self.seen_before = self.seen_after = 0

    async def runs(self, revoke: Revoke, waits: int) -> None:
        await asyncio.gather(self._revokes(revoke, waits), *(self._reads() for _ in range(READERS)))

    async def _revokes(self, revoke: Revoke, waits: int) -> None:
        for _ in range(waits):
            await asyncio.sleep(0)
        await revoke()
        self.committed = next(self.order)

    async def _reads(self) -> None:
        """Until it has begun after the commit, and once more."""
        late = 0
        while late < 2:
            began = next(self.order)
            after = self.committed is not None
            seen = len(await self.firm.words(self.who, self.number))
            if after:
                assert began > (self.committed or 0)
                self.seen_after += seen
                late += 1
            else:
                self.seen_before += seen


async def _by_grant(firm: Firm, root: asyncpg.Connection) -> tuple[Reader, Revoke]:
    at = clock.now()
    await root.execute("delete from grants")
    since = at - timedelta(days=1)
    await root.execute(_GRANT, firm.meng.person, since, at + timedelta(days=2), firm.wu.person)

    async def revoke() -> None:
        async with db.acting_as(firm.wu):
            await grants.end_grant("token-of-a-race-1", at=clock.now())

    return firm.meng, revoke


async def _by_level(firm: Firm, root: asyncpg.Connection) -> tuple[Reader, Revoke]:
    level = "update memberships set level = 3 where person = $1 and department = $2"
    await root.execute(level, firm.zhou.person, firm.finance)

    async def revoke() -> None:
        async with db.acting_as(firm.admin):
            await directory.set_level(firm.zhou.person or 0, firm.finance, 2)

    return firm.zhou, revoke


async def _by_leaving(firm: Firm, root: asyncpg.Connection) -> tuple[Reader, Revoke]:
    await root.execute("update people set left_at = null where id = $1", firm.zhou.person)
    level = "insert into memberships (person, department, level) values ($1, $2, 3) on conflict do nothing"
    await root.execute("delete from memberships where person = $1", firm.zhou.person)
    await root.execute(level, firm.zhou.person, firm.finance)

    async def revoke() -> None:
        async with db.acting_as(firm.admin):
            await accounts.leave(firm.zhou.person or 0)

    return firm.zhou, revoke


WAYS = (_by_grant, _by_level, _by_leaving)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS, ids=["a grant ends", "a level is lowered", "somebody leaves"])
async def test_nothing_begun_after_the_commit_reads_anything(
    firm: Firm, superuser: asyncpg.Connection, way: Callable[..., Awaitable[tuple[Reader, Revoke]]]
) -> None:
    number = await firm.lin_asks_for("a salary")
    await firm.wu_notes(number, "31,500", tier=3, reason="pay_and_appraisal", sentence="It names pay.")
    before = 0
    for turn in range(RACES // len(WAYS) + 1):
        who, revoke = await way(firm, superuser)
        race = Race(firm, number, who)
        await race.runs(revoke, waits=turn % 20)
        assert race.seen_after == 0, turn
        before += race.seen_before
    assert before > 0, "nobody had anything to lose"
