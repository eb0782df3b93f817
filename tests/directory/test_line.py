"""One superior at any moment, and nobody above themselves."""

import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from litestar import Litestar

from desk import clock, db
from desk.directory import actions, queries
from desk.directory.rules import check_superior, cycles
from desk.i18n import Refused
from tests.conftest import Clock
from tests.directory.conftest import Firm
from tests.pages import browser


def test_nobody_is_their_own_superior() -> None:
    with pytest.raises(Refused, match="own superior"):
        check_superior(4, 4, [])


def test_a_superior_may_not_stand_below_the_person() -> None:
    with pytest.raises(Refused, match="circle"):
        check_superior(4, 7, [5, 4])


def test_a_firm_knows_who_stands_in_a_circle() -> None:
    assert cycles({"a": "b", "b": "c", "c": "a", "d": "a"}) == {"a", "b", "c"}


async def test_a_circle_is_refused_over_several_steps(firm: Firm) -> None:
    async with db.acting_as(db.Reader(firm.admin)):
        await actions.set_superior(firm.lin, firm.wu)
        with pytest.raises(Refused, match="circle"):
            await actions.set_superior(firm.qian, firm.lin)


async def above(firm: Firm, person: int, superior: int, **when: datetime) -> None:
    async with db.acting_as(db.Reader(firm.admin)):
        await actions.set_superior(person, superior, **when)


async def lines(firm: Firm) -> list[tuple[int, int]]:
    """Every step that was ever arranged: (person, superior)."""
    async with db.acting_as(db.NOBODY):
        return [tuple(row) for row in await db.fetch("select person, superior from superiors order by 1, 2")]


async def test_a_circle_that_would_close_later_is_refused_now(firm: Firm) -> None:
    await above(firm, firm.qian, firm.lin, since=clock.now() + timedelta(days=3))
    with pytest.raises(Refused, match="circle"):
        await above(firm, firm.lin, firm.wu)
    assert await lines(firm) == sorted([(firm.wu, firm.qian), (firm.qian, firm.lin)])


async def test_a_line_that_ends_before_the_other_begins_is_no_circle(firm: Firm, still: Clock) -> None:
    later = clock.now() + timedelta(days=3)
    await above(firm, firm.wu, firm.lin, since=later)
    await above(firm, firm.qian, firm.wu, since=later)
    async with db.acting_as(db.NOBODY):
        assert await queries.line(firm.qian, later) == [firm.wu, firm.lin]
        assert await queries.line(firm.wu, clock.now()) == [firm.qian]


async def test_two_who_write_at_once_close_no_circle(firm: Firm) -> None:
    done = await asyncio.gather(
        above(firm, firm.lin, firm.wu), above(firm, firm.qian, firm.lin), return_exceptions=True
    )
    assert [type(one) for one in done if one] == [Refused]
    assert len(await lines(firm)) == 2


@pytest.mark.parametrize("since", ["2026-01-01", "2027-06-01"])
async def test_the_database_itself_refuses_a_circle_at_any_instant(firm: Firm, since: str) -> None:
    insert = "insert into superiors (person, superior, since) values ($1, $2, $3)"
    with pytest.raises(asyncpg.CheckViolationError):
        async with db.acting_as(db.NOBODY):
            await db.fetch(insert, firm.qian, firm.wu, datetime.fromisoformat(f"{since}T00:00:00Z"))
    assert await lines(firm) == [(firm.wu, firm.qian)]


async def test_a_circle_is_refused_on_the_page_with_a_sentence(firm: Firm, app: Litestar) -> None:
    admin = await browser(app, firm.admin)
    answer = await admin.send("/people/qian", "/people/qian/superior", superior="wu")
    assert answer.status_code == 409
    assert "这样会绕成一圈" in answer.text
    assert await lines(firm) == [(firm.wu, firm.qian)]


async def test_a_new_superior_ends_the_time_of_the_old_one(firm: Firm, still: Clock) -> None:
    before = clock.now()
    still.move(days=1)
    async with db.acting_as(db.Reader(firm.admin)):
        await actions.set_superior(firm.wu, firm.lin)
        assert await queries.superior(firm.wu, before) == firm.qian
        assert await queries.superior(firm.wu, clock.now()) == firm.lin


async def test_the_line_runs_upward_from_the_nearest(firm: Firm) -> None:
    async with db.acting_as(db.Reader(firm.admin)):
        await actions.set_superior(firm.lin, firm.wu)
        assert await queries.line(firm.lin, clock.now()) == [firm.wu, firm.qian]


async def test_the_database_refuses_a_second_superior_at_the_same_time(firm: Firm) -> None:
    insert = "insert into superiors (person, superior, since) values ($1, $2, $3)"
    async with db.acting_as(db.NOBODY):
        with pytest.raises(asyncpg.ExclusionViolationError):
            await db.fetch(insert, firm.wu, firm.lin, datetime(2027, 1, 1, tzinfo=UTC))


async def test_a_deputy_who_is_away_too_is_stood_in_for(firm: Firm, still: Clock) -> None:
    at = clock.now()
    while_away = {"since": at, "until": at + timedelta(days=3)}
    async with db.acting_as(db.Reader(firm.admin)):
        await actions.set_absence(firm.qian, firm.wu, **while_away)
        await actions.set_absence(firm.wu, firm.lin, **while_away)
        assert await queries.deputy(firm.qian, at) == firm.lin
        assert await queries.deputy(firm.lin, at) is None
