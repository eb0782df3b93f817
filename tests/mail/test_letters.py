"""A letter is kept before anybody is told that it was taken."""

import asyncpg
import pytest

from desk import clock, db
from desk.mail.actions import letters
from desk.mail.actions.letters import Arrived
from tests.firm import Firm

RAW = b"From: lin@example.cn\r\nSubject: \xe6\xb5\x8b\r\n\r\nhello"


@pytest.mark.usefixtures("desk")
async def test_a_place_of_a_mailbox_is_kept_once() -> None:
    here = Arrived("imap:box", RAW, uidvalidity=7, uid=3)
    async with db.acting_as(db.NOBODY):
        first = await letters.keep(here, at=clock.now())
        second = await letters.keep(here, at=clock.now())
        other = await letters.keep(Arrived("imap:box", RAW, uidvalidity=8, uid=3), at=clock.now())

    assert first is not None
    assert second is None
    assert other not in (first, None)


@pytest.mark.usefixtures("desk")
async def test_letters_without_a_place_are_all_kept() -> None:
    async with db.acting_as(db.NOBODY):
        kept = {await letters.keep(Arrived("smtp", RAW, sender=""), at=clock.now()) for _ in range(2)}

    assert len(kept - {None}) == 2


async def test_no_person_reads_or_keeps_letters(firm: Firm) -> None:
    async with db.acting_as(db.NOBODY):
        await letters.keep(Arrived("smtp", RAW), at=clock.now())

    async with db.acting_as(firm.admin):
        assert await db.call("select count(*) from letters") == 0
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.acting_as(firm.admin):
            await letters.keep(Arrived("smtp", RAW), at=clock.now())
