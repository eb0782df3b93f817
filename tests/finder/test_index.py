"""Words that are older than the index come into it, each read as somebody who may read it."""

import asyncpg
import pytest

from desk import db
from desk.finder import jobs
from tests.firm import Firm
from tests.search.test_index import finds


@pytest.fixture
async def forgotten(firm: Firm, superuser: asyncpg.Connection) -> int:
    number = await firm.lin_asks_for("internal zebra")
    await firm.wu_notes(number, "restricted zebra", tier=3, reason="legal", sentence="x")
    await firm.files(firm.lin, "payroll zebra", service="payroll")
    await superuser.execute("delete from search_entries")
    return number


async def test_what_is_missing_is_put_in_once(firm: Firm, forgotten: int) -> None:
    assert await finds(firm, firm.lin, "zebra") == []

    assert (await jobs.index_words(), await jobs.index_words()) == (3, 0)

    assert await finds(firm, firm.lin, "zebra") == ["ticket", "ticket"]
    assert await finds(firm, firm.zhou, "zebra") == ["update", "ticket"]
    assert await finds(firm, firm.zhao, "zebra") == ["ticket"]


async def test_whose_writer_has_left_is_read_by_a_colleague(
    firm: Firm, forgotten: int, superuser: asyncpg.Connection
) -> None:
    await superuser.execute("update people set left_at = '2026-11-01' where login in ('wu', 'lin')")

    assert await jobs.index_words() == 3
    assert await finds(firm, firm.zhou, "zebra") == ["update", "ticket"]


async def test_what_nobody_may_read_is_left_out_and_looked_for_no_further(
    firm: Firm, forgotten: int, superuser: asyncpg.Connection
) -> None:
    await superuser.execute("update updates set audience = '{person:0}'")

    assert (await jobs.index_words(), await jobs.index_words()) == (2, 0)


async def test_what_was_filed_is_indexed_as_what_is_found_missing(firm: Firm, superuser: asyncpg.Connection) -> None:
    await firm.lin_asks_for("报销 1107", body="two words")
    terms = "select terms::text from search_entries"
    before = await superuser.fetchval(terms)
    await superuser.execute("delete from search_entries")

    await jobs.index_words()

    assert await superuser.fetchval(terms) == before


async def test_nobody_but_the_desk_asks_what_is_missing(firm: Firm) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.acting_as(firm.admin):
            await db.fetch("select * from search_missing(1)")
