"""With which tier words were born: kept at writing, moved by nobody."""

import asyncpg
import pytest

from desk.migrations import run
from desk.tickets import jobs
from tests.firm import Firm

ABOUT = {"tier": 2, "reason": "negotiation"}
BORN = "select born, born_in, opened_on::text from updates order by id"


async def test_words_are_born_with_the_tier_of_their_writing(firm: Firm, superuser: asyncpg.Connection) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_replies(number)
    await firm.wu_notes(number, "the price we hope for", **ABOUT)

    assert [tuple(row) for row in await superuser.fetch(BORN)] == [(1, firm.finance, None), (2, firm.finance, None)]


async def test_opening_changes_no_birth_and_says_its_day(firm: Firm, superuser: asyncpg.Connection) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_notes(number, "the price we hope for", **ABOUT)

    firm.clock_says("2027-02-18 00:05")
    await jobs.open_words()

    row = await superuser.fetchrow("select tier, born, opened_on::text from updates")
    assert row is not None
    assert tuple(row) == (1, 2, "2027-02-18")


async def test_what_is_handed_over_was_born_where_it_was_written(firm: Firm, superuser: asyncpg.Connection) -> None:
    number = await firm.lin_asks_for("a budget", service="budget")

    await firm.wu_hands_over(number, firm.hr)

    row = await superuser.fetchrow("select owner_department, born_in from tickets where number = $1", number)
    assert row is not None
    assert tuple(row) == (firm.hr, firm.finance)


@pytest.mark.parametrize("column", ["born", "born_in", "opened_on"])
@pytest.mark.parametrize("role", ["desk_app", "desk_locksmith"])
@pytest.mark.usefixtures("desk")
async def test_nobody_changes_a_birth(superuser: asyncpg.Connection, role: str, column: str) -> None:
    for table in ("tickets", "updates", "attachments"):
        assert not await superuser.fetchval("select has_column_privilege($1, $2, $3, 'update')", role, table, column)


async def test_whoever_writes_words_says_nothing_of_their_birth(firm: Firm, superuser: asyncpg.Connection) -> None:
    number = await firm.lin_asks_for("a laptop")
    copy = """
    insert into updates (token, ticket, author, at, kind, for_requester, body, tier, owner_department, opens_to, day, audience, born, born_in)
    select 'x', id, requester, filed_at, 'note', false, 'x', 1, owner_department, 1, day, '{staff}', 4, $2 from tickets where number = $1
    """
    await superuser.execute(copy, number, firm.hr)

    assert [tuple(row) for row in await superuser.fetch(BORN)] == [(1, firm.finance, None)]


_BEFORE = """
drop index tickets_kept_ix, updates_kept_ix, attachments_kept_ix, tickets_sealed_ix, updates_sealed_ix, updates_kind_ix;
alter table tickets drop column born cascade, drop column born_in cascade, drop column opened_on cascade;
alter table updates drop column born cascade, drop column born_in cascade, drop column opened_on cascade;
alter table attachments drop column born cascade, drop column born_in cascade, drop column opened_on cascade;
set local role desk_owner;
"""


async def test_what_was_there_before_was_born_as_the_journal_tells(firm: Firm, superuser: asyncpg.Connection) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_replies(number)
    await firm.wu_notes(number, "the price we hope for", **ABOUT)
    await firm.wu_notes(number, "they have sued us", tier=3, reason="legal", sentence="They have sued us.")
    firm.clock_says("2027-02-18 09:00")
    await jobs.open_words()
    await firm.wu_notes(number, "the next price", **ABOUT)
    kept = await superuser.fetch(BORN)

    change = superuser.transaction()
    await change.start()
    try:
        await superuser.execute(_BEFORE + (run.HISTORY / "sql" / "births.sql").read_text())
        await superuser.execute("reset role")
        assert await superuser.fetch(BORN) == kept
    finally:
        await change.rollback()
    assert [row["born"] for row in kept] == [1, 2, 3, 2]
