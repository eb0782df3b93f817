"""Founds the tests' firm with passwords and yesterday's work: python -m tests.browser.told"""

import asyncio

from desk import db, queue, settings
from desk.accounts.actions import hashing
from desk.accounts.actions.passwords import store_password
from desk.demo import PASSWORD
from tests.conftest import Clock
from tests.firm import Firm, found


async def main() -> None:
    held = settings.current().clock
    assert held is not None
    await db.open_pool(db.address(), size=2)
    try:
        firm = await found(Clock(held))
        await _give_passwords(firm)
        await _work_on_thursday(firm)
    finally:
        await queue.close()
        await db.close_pool()


async def _give_passwords(firm: Firm) -> None:
    hashed = await hashing.hashed(PASSWORD)
    async with db.acting_as(db.NOBODY):
        for who in firm.people.values():
            assert who.person is not None
            await store_password(who.person, hashed)


async def _work_on_thursday(firm: Firm) -> None:
    """So that 吴's day does not begin empty: older than what 林 will ask, and due later."""
    firm.clock_says("2026-11-19 10:00")
    number = await firm.files(firm.meng, "Contract 2026-17")
    await firm.wu_expects(number, by="2026-11-23 12:00")


if __name__ == "__main__":
    asyncio.run(main())
