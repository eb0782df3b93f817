"""What is owed and what is at hand opens to exactly its rows."""

import re

import asyncpg
import pytest

from tests.firm import Firm
from tests.reports.busy import Busy
from tests.reports.test_flow_pages import table
from tests.site import Site, Visit

NUMBERS = re.compile(r'row__title"><a href="/requests/(\d+)"')
CELL = re.compile(r'<a href="(/reports/finance/(?:requests|promises)\?[^"]*)">([\d,]+)')


async def _lists(browser: Visit, page: str, card: str) -> list[tuple[int, list[int]]]:
    """For each figure of a table that opens: what it says, and the rows behind it."""
    section = re.search(rf'aria-labelledby="{card}">(.*?)</section>', page, re.S)
    assert section
    found = []
    for href, n in CELL.findall(section[1]):
        answer = await browser.http.get(href.replace("&amp;", "&"))
        assert answer.status_code == 200, href
        found.append((int(n.replace(",", "")), [int(number) for number in NUMBERS.findall(answer.text)]))
    return found


@pytest.mark.parametrize("seed", [1, 3])
async def test_every_figure_of_today_and_of_the_backlog_opens_to_its_rows(
    firm: Firm, site: Site, superuser: asyncpg.Connection, seed: int
) -> None:
    await Busy(firm, superuser, seed).live()
    qian = await site.browser("qian")
    page = (await qian.http.get("/reports/finance")).text
    today, backlog = await _lists(qian, page, "today"), await _lists(qian, page, "backlog")
    at_hand = await superuser.fetch(
        "select number from tickets where department = $1 and state in ('open', 'waiting')", firm.finance
    )

    for n, rows in (*today, *backlog):
        assert len(rows) == n > 0
    assert sum(n for n, _ in today) == sum(int(row[1]) for row in table(page, "today")[1:]) > 0
    assert sorted(number for _, rows in backlog for number in rows) == sorted(row["number"] for row in at_hand)
    more = (await qian.http.get("/reports/finance/requests?what=backlog")).text
    assert sorted(map(int, NUMBERS.findall(more))) == sorted(row["number"] for row in at_hand)


async def test_what_ended_otherwise_opens_to_its_rows(firm: Firm, site: Site, superuser: asyncpg.Connection) -> None:
    await Busy(firm, superuser, 2).live()
    days = "from=2026-11-20&to=2026-12-31"
    qian = await site.browser("qian")
    lists = await _lists(qian, (await qian.http.get(f"/reports/finance/tabs/flow?{days}")).text, "ended_otherwise")

    assert len(lists) == 3
    for n, rows in lists:
        assert len(set(rows)) == n > 0


async def test_what_is_owed_today_is_not_told_as_kept(firm: Firm, site: Site) -> None:
    """One is late, one will be before the day ends."""
    late = await firm.lin_asks_for("a laptop")
    await firm.time_passes_until("2026-11-23 10:00")
    soon = await firm.lin_asks_for("a chair")
    qian = await site.browser("qian")
    overdue, today = [
        (await qian.http.get(f"/reports/finance/promises?owed={one}")).text for one in ("overdue", "today")
    ]

    assert NUMBERS.findall(overdue) == [str(late)]
    assert NUMBERS.findall(today) == [str(soon)]
    assert "还没有办，未逾期" in today
    assert "已守" not in today + overdue
    assert "一共计了1件" in today


async def test_an_age_or_a_kind_of_debt_that_there_is_not_gets_a_sentence(site: Site) -> None:
    qian = await site.browser("qian")
    for path, sentence in (
        ("requests?what=backlog&other=wish", "没有“wish”这一档"),
        ("promises?owed=wish", "没有“wish”这一类"),
    ):
        answer = await qian.http.get(f"/reports/finance/{path}")
        assert answer.status_code == 422
        assert sentence in answer.text
