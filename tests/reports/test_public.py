"""What every employee may know: months that have ended, no count of one to four, nothing that is sealed."""

from datetime import date
from itertools import product

import asyncpg
import pytest

from desk import db
from desk.reports import jobs
from desk.reports.queries import published as queries
from desk.reports.rules import published
from desk.reports.rules.published import NOUGHT, Count, Share, share, whole
from desk.sla.queries import clocks
from desk.sla.queries.clocks import Clock
from tests.firm import Firm, local
from tests.site import Site

PUBLIC = "/reports/finance/public"
NOVEMBER = [date(2026, 11, 1), date(2026, 12, 1)]


def test_no_small_count_can_be_reckoned_back_from_what_is_told() -> None:
    """Whatever is told of three groups fits each number from one to four wherever one of them is hidden."""
    told: dict[tuple[Share, ...], list[set[int]]] = {}
    for cells in product(range(7), repeat=4):
        parts = (share(cells[0] + cells[1], cells[1]), share(cells[2] + cells[3], cells[3]))
        known = told.setdefault((*parts, whole(parts)), [set() for _ in cells])
        for n, cell in enumerate(cells):
            known[n].add(cell)

    assert all(not 0 < min(cell) < 5 or cell == {1, 2, 3, 4} for known in told.values() for cell in known)


def test_a_share_is_as_sure_as_its_counts() -> None:
    assert share(100, 0).tenths == (1000, 1000)
    assert share(100, 3) == Share(Count(97, 97), Count(1, 4))
    assert share(100, 3).tenths == (960, 989)
    assert not share(4, 4).told
    assert share(4, 4).n == Count(1, 4)
    assert share(0, 0).n == NOUGHT
    low, high = share(100, 3).interval
    assert low < 0.96 < 0.98 < high < 1


def test_the_months_are_those_that_have_ended() -> None:
    days = published.months(local("2027-01-15 10:00").date())

    assert [day.isoformat()[:7] for day in (days[0], days[-2], days[-1])] == ["2026-01", "2026-12", "2027-01"]
    assert len(days) == 13


async def _november(firm: Firm) -> None:
    """Seven kept, one failed: its reply, and then its resolution."""
    await firm.lin_asks_for("a laptop")
    for n in range(7):
        await firm.wu_resolves(await firm.lin_asks_for(f"matter {n}"))


async def _page(site: Site, login: str, path: str = PUBLIC) -> tuple[int, str]:
    answer = await (await site.browser(login)).http.get(path)
    return answer.status_code, answer.text


@pytest.mark.parametrize("login", ["lin", "zhao", "wu", "qian"])
async def test_every_employee_reads_the_months_that_have_ended(firm: Firm, site: Site, login: str) -> None:
    await _november(firm)
    await firm.time_passes_until("2026-11-30 23:59")
    assert "2026-11" not in (await _page(site, login))[1]

    await firm.time_passes_until("2026-12-01 00:00")
    status, page = await _page(site, login)

    assert status == 200
    assert "2026-11" in page
    assert "63.6%–87.5%" in page  # 14 kept; one to four of replies failed, and as many of resolutions
    assert "n 16–22" in page
    assert "laptop" not in page
    assert ("/reports/finance?" in page or 'href="/reports/finance"' in page) is (login == "qian")


async def test_the_list_of_departments_leads_there(firm: Firm, site: Site) -> None:
    await _november(firm)
    await firm.time_passes_until("2026-12-01 09:00")
    lin, qian = [(await _page(site, login, "/reports"))[1] for login in ("lin", "qian")]

    assert PUBLIC in lin
    assert "63.6%–87.5%" in lin
    assert 'href="/reports/finance"' in qian
    assert 'href="/reports/finance"' not in lin


async def _clock(department: int) -> Clock:
    return await clocks.clock(department)


async def test_what_is_rolled_is_published_as_the_ledger_has_it(firm: Firm) -> None:
    """And what changes afterwards is published as it is then."""
    await _november(firm)
    number = await firm.lin_asks_for("one more")
    await firm.wu_resolves(number)
    await firm.time_passes_until("2026-12-01 09:00")
    async with db.acting_as(firm.lin, writing=False):
        raw = await queries.shares(await _clock(firm.finance), NOVEMBER)
        lengths = await queries.spans(await _clock(firm.finance), NOVEMBER)
    assert await jobs.roll() > 0
    async with db.acting_as(firm.lin, writing=False):
        assert await queries.shares(await _clock(firm.finance), NOVEMBER) == raw
        assert await queries.spans(await _clock(firm.finance), NOVEMBER) == lengths
    await firm.lin_reopens(number)
    async with db.acting_as(firm.lin, writing=False):
        assert await queries.shares(await _clock(firm.finance), NOVEMBER) != raw


async def test_a_guest_reads_none_of_it(firm: Firm, site: Site) -> None:
    await _november(firm)
    await firm.time_passes_until("2026-12-01 09:00")
    async with db.acting_as(firm.guest, writing=False):
        assert await queries.shares(await _clock(firm.finance), NOVEMBER) == {}
        assert await queries.spans(await _clock(firm.finance), NOVEMBER) == {}

    assert (await _page(site, "guest"))[0] == 403


async def test_the_database_itself_tells_nothing_of_a_month_that_runs(firm: Firm) -> None:
    await _november(firm)
    await firm.time_passes_until("2026-11-30 23:59")
    async with db.acting_as(firm.qian, writing=False):
        assert await queries.shares(await _clock(firm.finance), NOVEMBER) == {}
        assert await queries.spans(await _clock(firm.finance), NOVEMBER) == {}


async def test_what_is_sealed_is_in_no_figure(firm: Firm, superuser: asyncpg.Connection) -> None:
    await _november(firm)
    await superuser.execute("update tickets set tier = 3, sealed = true where title = 'a laptop'")
    await firm.time_passes_until("2026-12-01 09:00")
    async with db.acting_as(firm.lin, writing=False):
        shares = await queries.shares(await _clock(firm.finance), NOVEMBER)

    assert shares == {(NOVEMBER[0], "same_day"): share(7, 0), (NOVEMBER[0], "rest"): share(7, 0)}


async def test_spans_are_told_in_quarters_and_not_of_few(firm: Firm) -> None:
    await _november(firm)
    await firm.time_passes_until("2026-12-01 09:00")
    async with db.acting_as(firm.lin, writing=False):
        told = await queries.spans(await _clock(firm.finance), NOVEMBER)
        none = await queries.spans(await _clock(firm.hr), NOVEMBER)

    assert published.step(1) == published.step(900) == 900
    assert told == {NOVEMBER[0]: (0, 0)}
    assert none == {}


async def test_an_unknown_department_gets_a_sentence(site: Site) -> None:
    status, page = await _page(site, "lin", "/reports/nowhere/public")

    assert status == 404
    assert "部门" in page
