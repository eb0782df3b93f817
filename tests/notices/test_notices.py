"""Whoever is concerned is told, and nobody of what they may not read."""

import asyncpg
import pytest

from desk import clock, db
from desk.db import Reader
from desk.i18n import catalogue
from desk.journal import jobs
from desk.notices import actions, queries, rules
from desk.tickets import actions as tickets
from desk.worker import REACTIONS
from tests.firm import Firm


async def worker_runs(root: asyncpg.Connection) -> None:
    for row in await root.fetch("select entry from errands where state = 'waiting' order by entry"):
        await jobs.react(row["entry"], 1, REACTIONS)


async def _told(who: Reader) -> list[str]:
    async with db.acting_as(who, writing=False):
        return [told.tag.value for told in reversed(await queries.told())]


@pytest.fixture
async def number(firm: Firm, superuser: asyncpg.Connection) -> int:
    number = await firm.lin_asks_for("a laptop")
    await worker_runs(superuser)
    return number


async def test_a_new_request_is_told_to_those_who_may_take_it(firm: Firm, number: int) -> None:
    assert [await _told(who) for who in (firm.wu, firm.zhou)] == [["request_filed"]] * 2
    assert [await _told(who) for who in (firm.lin, firm.zhao, firm.qian)] == [[], [], []]


async def test_a_reply_is_told_to_the_requester_and_not_to_the_one_who_wrote_it(
    firm: Firm, superuser: asyncpg.Connection, number: int
) -> None:
    await firm.wu_replies(number)
    await worker_runs(superuser)

    assert await _told(firm.lin) == ["request_taken", "reply_written"]
    assert await _told(firm.wu) == ["request_filed"]


async def test_nobody_is_told_of_words_that_they_may_not_read(
    firm: Firm, superuser: asyncpg.Connection, number: int
) -> None:
    for who in (firm.zhao, firm.meng):
        await firm.does(who, tickets.watch, number)
    await firm.wu_notes(number, "the price we hope for", tier=2, reason="negotiation")
    await worker_runs(superuser)

    assert await _told(firm.meng) == ["note_written"]  # Operations asked: their members may read it
    assert await _told(firm.zhao) == []


async def test_a_notice_of_what_may_no_longer_be_read_is_gone(firm: Firm, superuser: asyncpg.Connection) -> None:
    await firm.files(firm.lin, "my pay", service="payroll")
    await worker_runs(superuser)
    assert await _told(firm.han) == ["request_filed"]

    await superuser.execute("update memberships set level = 2 where person = $1", firm.han.person)

    assert await _told(firm.han) == []


async def test_opening_a_request_reads_its_notices(firm: Firm, superuser: asyncpg.Connection, number: int) -> None:
    other = await firm.lin_asks_for("a desk")
    await worker_runs(superuser)
    ticket = (await firm.case(number, firm.wu)).id

    async with db.acting_as(firm.wu):
        assert await queries.unread() == 2
        await actions.read_of(ticket, at=clock.now())
        assert await queries.unread() == 1
        await actions.read_all(at=clock.now())
        assert await queries.unread() == 0
    assert other


async def test_nobody_reads_anothers_notices(firm: Firm, number: int) -> None:
    rows = await firm.rows(firm.wu, "select distinct person from notices")

    assert [row["person"] for row in rows] == [firm.wu.person]


def test_every_notice_has_words() -> None:
    assert [tag for tag in rules.TOLD if f"notices.{tag.value}" not in catalogue()] == []
