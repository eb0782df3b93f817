"""What is rolled equals the ledger: on every history, whatever changes afterwards, whoever is stopped."""

from contextlib import suppress
from datetime import date, datetime

import asyncpg
import pytest

from desk import clock, db
from desk.i18n import Refused
from desk.reports import jobs
from desk.reports.queries import figures, rows
from desk.reports.queries.figures import Window
from desk.reports.rules.periods import Period
from desk.reports.rules.pieces import Pieces, pieces
from tests.firm import Firm, local
from tests.reports.reference import SHANGHAI
from tests.reports.test_figures import _live
from tests.tickets.histories import History

PERIOD = Period(date(2026, 10, 26), date(2026, 12, 20))


async def _both(of: int, period: Period = PERIOD) -> tuple[Pieces, Pieces]:
    """From what is rolled, and from the ledger alone."""
    rolls = (await figures.rolls({of: "Asia/Shanghai"})).get(of)
    return pieces(of, period, rolls, _start_of), pieces(of, period, None, _start_of)


def _start_of(day: date) -> datetime:
    return local(f"{day} 00:00")


async def _told(firm: Firm, of: int) -> tuple[int, int]:
    """How many days came from what is rolled, and how many promises were counted: both ways told the same."""
    async with db.acting_as(firm.qian, writing=False):
        rolled, raw = await _both(of)
        window = Window(of, local(f"{PERIOD.first} 00:00"), local(f"{PERIOD.end} 00:00"), clock.now())
        cells = [sorted(map(str, await figures.cells(one, clock.now()))) for one in (rolled, raw)]
        spans = [await figures.spans(one, clock.now()) for one in (rolled, raw)]
        failed = [sorted(await rows.failures(window, one, _start_of)) for one in (rolled, raw)]
    assert cells[0] == cells[1]
    assert spans[0] == spans[1]
    assert failed[0] == failed[1]
    return sum((one.last - one.first).days + 1 for one in rolled.cells), len(cells[1])


@pytest.mark.parametrize("seed", [11, 12])
async def test_what_is_rolled_equals_the_ledger_and_late_corrections_reach_it(
    firm: Firm, superuser: asyncpg.Connection, seed: int
) -> None:
    """Rolled in the middle of everything, and read after more has happened to the same days."""
    await _live(firm, seed)
    assert await jobs.roll() > 0
    days, counted = await _told(firm, firm.finance)
    assert days > 5
    assert counted > 10

    history = History(firm, seed)
    await history.begin()
    for _ in range(40):
        await history.step()
    for number in await _numbers(superuser):
        with suppress(Refused):
            await firm.lin_reopens(number)
    await superuser.execute("update tickets set sealed = true, tier = 3 where id % 5 = 0")
    await _told(firm, firm.finance)

    await jobs.roll()
    days, _ = await _told(firm, firm.finance)
    assert days > 5
    assert await jobs.roll() == await _undecided(superuser)


async def _numbers(root: asyncpg.Connection) -> list[int]:
    return [row["number"] for row in await root.fetch("select number from tickets where state = 'resolved'")]


async def _undecided(root: asyncpg.Connection) -> int:
    """Days that have ended of which something is still to come."""
    found = await root.fetch("select distinct department, (at at time zone 'Asia/Shanghai')::date from report_late")
    today = clock.now().astimezone(SHANGHAI).date()
    return len([row for row in found if row[1] < today])


async def test_lengths_of_a_whole_month_are_rolled_once_more(firm: Firm, superuser: asyncpg.Connection) -> None:
    await _live(firm, 13)
    await firm.time_passes_until("2027-01-05 10:00")
    await jobs.roll()
    async with db.acting_as(firm.qian, writing=False):
        rolled, raw = await _both(firm.finance, Period(date(2026, 11, 1), date(2026, 12, 31)))
        assert await figures.spans(rolled, clock.now()) == await figures.spans(raw, clock.now())

    assert "month" in {one.grain for one in rolled.lengths}
    assert not rolled.spans or min(one.since for one in rolled.spans) < local("2026-12-01 00:00")


async def test_whoever_does_not_answer_for_it_reads_nothing_that_is_rolled(firm: Firm) -> None:
    await _live(firm, 14)
    await jobs.roll()
    for reader in (firm.lin, firm.zhao):
        async with db.acting_as(reader, writing=False):
            assert await figures.rolls({firm.finance: "Asia/Shanghai"}) == {}
            whole = pieces(firm.finance, PERIOD, None, _start_of)
            assert await figures.cells(whole, clock.now()) == []


async def test_another_zone_or_formula_is_rolled_anew(firm: Firm, superuser: asyncpg.Connection) -> None:
    await _live(firm, 15)
    await jobs.roll()
    await superuser.execute("update report_days set n = n + 7; update report_rolled set version = version - 1")

    await _told(firm, firm.finance)
    assert await jobs.roll() > 5
    await _told(firm, firm.finance)
