"""Confidentiality ends by itself, on the day that the marker names: the owner department's day."""

import asyncpg

from desk.tickets import jobs
from tests.firm import Firm, local

ABOUT = {"tier": 2, "reason": "negotiation"}


async def _note_that_opens(firm: Firm, root: asyncpg.Connection, day: str) -> int:
    number = await firm.lin_asks_for("a question")
    await firm.wu_notes(number, "the price we hope for", **ABOUT)
    await root.execute("update updates set opens_on = $1::text::date", day)
    return number


async def test_words_open_when_their_day_begins_where_their_owner_works(
    firm: Firm, superuser: asyncpg.Connection
) -> None:
    number = await _note_that_opens(firm, superuser, "2026-11-24")

    await jobs.open_words(local("2026-11-23 23:59"))
    assert await firm.words(firm.zhao, number) == []
    await jobs.open_words(local("2026-11-24 00:00"))
    assert await firm.words(firm.zhao, number) == ["the price we hope for"]


async def test_opening_is_journaled_once(firm: Firm, superuser: asyncpg.Connection) -> None:
    number = await _note_that_opens(firm, superuser, "2026-11-21")

    for _ in range(2):
        await jobs.open_words(local("2026-11-21 09:00"))

    assert (await firm.entries(number, firm.zhao)).count("words_opened") == 1


async def test_what_hangs_on_opened_words_opens_with_them(firm: Firm, superuser: asyncpg.Connection) -> None:
    number = await firm.lin_asks_for("a question")
    await firm.wu_replies(number, by="2026-11-24 17:00", **ABOUT)
    assert await firm.promises(number, "expectation", firm.zhao) == []
    await superuser.execute("update updates set opens_on = '2026-11-21'")

    await jobs.open_words(local("2026-11-21 09:00"))

    assert len(await firm.promises(number, "expectation", firm.zhao)) == 1
