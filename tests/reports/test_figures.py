"""Every figure against the slow reference, on histories that are made up: holidays, reopenings, handovers, pauses, seals."""

import random
from contextlib import suppress
from datetime import date, datetime, timedelta

import asyncpg
import pytest

from desk import clock, db
from desk.directory import actions as directory
from desk.i18n import Refused
from desk.reports.queries import beside, figures, rows
from desk.reports.queries.figures import Window
from desk.reports.queries.rows import Wanted
from desk.reports.rules.periods import Period
from desk.reports.rules.pieces import Pieces, pieces
from tests.firm import Firm, local
from tests.reports import reference
from tests.reports.reference import SHANGHAI, Life
from tests.tickets.histories import History

FIRST, LAST, HOLIDAY = date(2026, 11, 18), date(2026, 12, 9), date(2026, 11, 25)


async def _live(firm: Firm, seed: int) -> None:
    """Two weeks of finance: a request now and then, and somebody who does something to one of them."""
    dice, at, open_ones = random.Random(seed), local("2026-11-20 15:00"), []
    await firm.closes_on(firm.finance, HOLIDAY.isoformat())
    await firm.closes_on(firm.hr, HOLIDAY.isoformat())
    for n in range(90):
        at += timedelta(minutes=dice.randrange(5, 420), seconds=dice.randrange(60))
        await firm.time_passes_until(at.strftime("%Y-%m-%d %H:%M:%S"))
        if n % 3 == 0:
            service = dice.choice(["expenses", "expenses", "budget", "anything"])
            open_ones.append(await firm.lin_asks_for(f"matter {n}", service=service))
        else:
            with suppress(Refused):
                await _something(firm, dice.choice(open_ones), dice, at)


async def _something(firm: Firm, number: int, dice: random.Random, at: datetime) -> None:
    match dice.randrange(10):
        case 0 | 1:
            await firm.wu_replies(number)
        case 2:
            await firm.wu_expects(number, (at + timedelta(hours=dice.randrange(2, 40))).strftime("%Y-%m-%d %H:%M"))
        case 3 | 4:
            await firm.wu_resolves(number)
        case 5:
            await firm.lin_reopens(number)
        case 6:
            await firm.lin_writes(number)
        case 7:
            await firm.wu_hands_over(number, firm.hr)
        case 8:
            await firm.wu_asks(number)
        case 9:
            await firm.lin_withdraws(number)


async def _owed(firm: Firm, root: asyncpg.Connection, of: int) -> list[Life]:
    return reference.owed(await reference.lives(root), of, FIRST, LAST, clock.now())


def _window(of: int) -> Window:
    until = local(f"{LAST + timedelta(days=1)} 00:00")
    return Window(of, local(f"{FIRST} 00:00"), until, clock.now())


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_every_figure_is_what_plain_loops_find(firm: Firm, superuser: asyncpg.Connection, seed: int) -> None:
    await _live(firm, seed)
    await superuser.execute("update tickets set sealed = true, tier = 3 where id % 11 = 0")
    lot, mondays = await _owed(firm, superuser, firm.finance), Period(FIRST, LAST).weeks()
    async with db.acting_as(firm.qian, writing=False):
        told = await _told(firm.finance, mondays)
        spans = await figures.spans(_pieces(firm.finance), clock.now())

    assert told == reference.cells(lot, clock.now())
    assert len(told) > 10
    assert await _same_day(firm) == sum(life.same_day for life in lot) > 5
    assert {n > 0 for counts in told.values() for n in counts[1:3]} == {True, False}
    for kind in ("first_reply", "resolution"):
        found = spans[kind]
        assert found.unmeasured == 0
        assert (found.n, found.unanswered, found.business, found.wall) == reference.spans(
            lot, kind, reference.usual(HOLIDAY)
        ), kind


@pytest.mark.parametrize("seed", [1, 2])
async def test_so_they_are_on_histories_in_which_anybody_does_anything(
    firm: Firm, superuser: asyncpg.Connection, seed: int
) -> None:
    for n in range(8):
        history = History(firm, 100 * seed + n)
        await history.begin()
        for _ in range(30):
            await history.step()
    last = clock.now().date() + timedelta(days=7)
    every = await reference.lives(superuser)
    kinds = set()
    for department, head in ((firm.finance, firm.qian), (firm.hr, firm.han), (firm.legal, firm.zhao)):
        async with db.acting_as(db.NOBODY):
            await directory.set_head(department, head.person)
        wanted = reference.cells(
            reference.owed(every, department, FIRST, last - timedelta(days=1), clock.now()), clock.now()
        )
        async with db.acting_as(head, writing=False):
            told = await _told(department, Period(FIRST, last).weeks(), last - timedelta(days=1))
        assert told == wanted
        kinds |= {kind for kind, _, _ in told}
    assert kinds >= {"first_reply", "next_reply", "resolution", "expectation", "ola", "sign_off"}


async def _same_day(firm: Firm) -> int:
    async with db.acting_as(firm.qian, writing=False):
        return sum(one.n for one in await figures.cells(_pieces(firm.finance), clock.now()) if one.same_day)


async def _told(of: int, mondays: list[date], last: date = LAST) -> dict[tuple[str, int, date], tuple[int, ...]]:
    told: dict[tuple[str, int, date], tuple[int, ...]] = {}
    for one in await figures.cells(_pieces(of, last), clock.now()):
        key, counts = (one.kind, one.service, mondays[one.week]), (one.n, one.failed, one.reopened, one.renewed)
        told[key] = tuple(map(sum, zip(told.get(key, (0, 0, 0, 0)), counts, strict=True)))
    return told


def _pieces(of: int, last: date = LAST, first: date = FIRST) -> Pieces:
    return pieces(of, Period(first, last), None, lambda day: local(f"{day} 00:00"))


async def test_rows_are_what_the_figure_counted(firm: Firm, superuser: asyncpg.Connection) -> None:
    """钱 reads all that was promised."""
    await _live(firm, 4)
    lot = await _owed(firm, superuser, firm.finance)
    async with db.acting_as(firm.qian, writing=False):
        every = await rows.rows(_window(firm.finance), Wanted(failures=False))
        failed = await rows.rows(_window(firm.finance), Wanted())
        readable = await rows.readable(_window(firm.finance), Wanted(failures=False))
        marked = await beside.markers(_window(firm.finance))

    assert sorted(row.token for row in every) == sorted(life.row["token"] for life in lot)
    assert {row.token for row in failed} == {life.row["token"] for life in lot if life.failed(clock.now())}
    assert readable == len(every)
    assert {one.owner_department for one in marked} <= {firm.hr}  # what went there is no longer hers to read


async def test_the_backlog_counts_what_is_there_by_age(firm: Firm, superuser: asyncpg.Connection) -> None:
    await _live(firm, 5)
    ages = [clock.now() - timedelta(days=days) for days in (7, 3, 1)]
    async with db.acting_as(firm.qian, writing=False):
        told = await figures.backlog(firm.finance, ages)

    wanted = [0, 0, 0, 0]
    for row in await superuser.fetch("select * from tickets"):
        if row["department"] == firm.finance and row["state"] in ("open", "waiting"):
            wanted[sum(row["filed_at"] >= age for age in ages)] += 1
    assert told == wanted
    assert sum(told) > 0


@pytest.mark.parametrize("login", ["lin", "wu", "zhao", "admin", "guest"])
async def test_the_database_itself_gives_no_figure_to_anybody_else(firm: Firm, login: str) -> None:
    await firm.lin_asks_for("a laptop")
    await firm.time_passes_until("2026-11-23 11:00")
    async with db.acting_as(firm.people[login], writing=False):
        assert await figures.cells(_pieces(firm.finance), clock.now()) == []
        assert await figures.spans(_pieces(firm.finance), clock.now()) == {}
        assert sum(await figures.backlog(firm.finance, [clock.now()])) == 0
        assert await beside.markers(_window(firm.finance)) == []


async def test_the_week_is_that_of_the_departments_zone(firm: Firm) -> None:
    """Sunday's last minute in Shanghai is Sunday's afternoon in UTC: the week after begins with the next minute."""
    assert local("2026-11-23 00:00").astimezone(SHANGHAI).weekday() == 0
    await firm.lin_asks_for("a laptop")
    await firm.time_passes_until("2026-11-23 11:00")
    async with db.acting_as(firm.qian, writing=False):
        cells = await figures.cells(_pieces(firm.finance, date(2026, 11, 29), date(2026, 11, 16)), clock.now())

    assert [(one.kind, one.week, one.failed) for one in cells] == [("first_reply", 0, 1)]
