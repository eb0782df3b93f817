"""The page of trends: 26 weeks against what was put in, marked changes, and a forecast that knows its own worth."""

import re
from datetime import date, datetime, timedelta
from itertools import pairwise

import asyncpg
import pytest

from desk import clock, db
from desk.reports.queries import trends
from desk.reports.rules.cards import CARDS, Card
from tests.firm import Firm, local
from tests.reports import past
from tests.site import Site

TAB = "/reports/finance/tabs/trends"
TODAY = date(2026, 11, 20)
WORDS = re.compile(r"<[^>]+>")


@pytest.fixture
async def lived(firm: Firm, superuser: asyncpg.Connection) -> None:
    """Thirty weeks, four requests a working day, nine kept in ten; six failures in the third week before this one."""
    number = await firm.lin_asks_for("a laptop")
    failed = {week: 2 + week % 2 for week in range(1, 31)} | {3: 4}
    days = past.weekdays(TODAY, 30, 4, failed)
    days[date(2026, 10, 26)] = (4, 4)
    await past.copy(superuser, number, days)


async def _read(site: Site, login: str = "qian", path: str = TAB) -> str:
    return (await (await site.browser(login)).http.get(path)).text


def _sheet(page: str, card: str) -> str:
    found = re.search(rf'<section class="section figures" aria-labelledby="{card}">.*?</section>', page, re.S)
    assert found, card
    return found[0]


@pytest.mark.usefixtures("lived")
async def test_the_weeks_are_told_with_n_rate_and_what_is_news(site: Site) -> None:
    sheet = _sheet(await _read(site), "trend_kept")

    assert len(re.findall(r"<tr><th scope=\"row\">", sheet)) == 26
    assert "10月26日那一周低于界限：值得问为什么。" in sheet
    assert "其余是平常的起伏，不必解释。" in sheet
    week = re.search(r"<tr><th scope=\"row\">10月26日.*?</tr>", sheet, re.S)
    assert week
    assert [part for part in WORDS.sub("|", week[0]).split("|") if part.strip()][1] == "20"
    assert "60.0%" in week[0]
    assert "低于界限" in week[0]


@pytest.mark.usefixtures("lived")
async def test_failures_are_told_however_few(site: Site) -> None:
    sheet = _sheet(await _read(site), "trend_failures")

    assert "10月26日那一周高于界限" in sheet
    assert re.search(r"10月26日.*?>8<.*?高于界限", sheet, re.S)


@pytest.mark.usefixtures("lived")
async def test_a_marked_change_is_numbered_and_begins_with_its_own_limits(firm: Firm, site: Site) -> None:
    before = _sheet(await _read(site), "trend_kept")
    qian = await site.browser("qian")
    await qian.post("/reports/finance/changes", day="2026-09-07", words="Two people take turns")

    after = _sheet(await _read(site), "trend_kept")

    assert before.count('class="chart__band"') == 1
    assert after.count('class="chart__band"') == 2
    assert "1. 从9月7日起：Two people take turns（钱立群）" in WORDS.sub("", after)
    assert after.count('class="chart__break"') == 1


def _changes(card: str, *days: date) -> tuple[Card, ...]:
    """The cards, had the formula of one been changed on these days."""
    return tuple(Card(one.name, (*one.versions, *days), one.of) if one.name == card else one for one in CARDS)


@pytest.mark.usefixtures("lived")
async def test_a_new_version_of_the_formula_is_a_break_in_its_chart_only(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.reports.rules.cards.CARDS", _changes("trend_kept", date(2026, 8, 31)))

    page = await _read(site)

    assert _sheet(page, "trend_kept").count('class="chart__break"') == 1
    assert "从8月31日起，“守信率，每周”的口径改为第2版。" in _sheet(page, "trend_kept")
    assert 'class="chart__break"' not in _sheet(page, "trend_same_day")


@pytest.mark.usefixtures("lived")
async def test_a_third_version_forgets_nothing_of_the_second(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    both = _changes("trend_kept", date(2026, 7, 27), date(2026, 9, 28))
    monkeypatch.setattr("desk.reports.rules.cards.CARDS", both)

    sheet = _sheet(await _read(site), "trend_kept")

    assert sheet.count('class="chart__break"') == 2
    assert "1. 从7月27日起，“守信率，每周”的口径改为第2版。" in sheet
    assert "2. 从9月28日起，“守信率，每周”的口径改为第3版。" in sheet


@pytest.mark.usefixtures("lived")
async def test_a_trend_breaks_where_that_on_which_it_is_built_changes(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.reports.rules.cards.CARDS", _changes("kept", date(2026, 8, 31)))

    page = await _read(site)

    assert "1. 从8月31日起，“守信率”的口径改为第2版。" in _sheet(page, "trend_kept")
    assert [_sheet(page, card).count('class="chart__break"') for card in ("trend_kept", "trend_failures")] == [1, 0]


@pytest.mark.usefixtures("lived")
async def test_two_breaks_in_one_week_are_one_line_and_two_sentences(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A formula and a mark on the same day, and another mark a day before: all count from the Monday after."""
    monkeypatch.setattr("desk.reports.rules.cards.CARDS", _changes("kept", date(2026, 9, 3)))
    qian = await site.browser("qian")
    for day, words in (("2026-09-02", "Two people take turns"), ("2026-09-03", "A new form")):
        await qian.post("/reports/finance/changes", day=day, words=words)

    sheet = _sheet(await _read(site), "trend_kept")

    assert sheet.count('class="chart__break"') == 1
    told = re.findall(r"1\. 从[^<]*", sheet)
    assert [next(one for one in ("turns", "口径", "form") if one in words) for words in told] == [
        "turns",
        "口径",
        "form",
    ]


async def test_a_department_that_has_just_begun_gets_no_limits_and_no_forecast(firm: Firm, site: Site) -> None:
    await firm.lin_asks_for("a laptop")
    page = WORDS.sub("", await _read(site))

    assert "有数字的周满6周才能算界限，现在有0周" in page
    assert "明天的数字说不准，所以不说" in page
    assert "界限0" not in page


@pytest.fixture
async def quiet(firm: Firm, superuser: asyncpg.Connection) -> dict[date, float]:
    """Eighty weeks of a small department: in every third, enough for a figure. Monday -> share that was kept."""
    number = await firm.lin_asks_for("a laptop")
    mondays = [date(2026, 11, 16) - timedelta(weeks=week) for week in range(80, 0, -1)]
    days = {monday: (10, 1 + n % 7 // 2) if n % 3 == 0 else (4, 3) for n, monday in enumerate(mondays)}
    await past.copy(superuser, number, days)
    return {day: (n - failed) / n for day, (n, failed) in days.items() if n >= 5}


async def _limits(site: Site) -> str:
    sheet = _sheet(await _read(site), "trend_kept")
    found = re.search(r"<desc [^>]*>(平均.*?)。", sheet)
    return found[1] if found else ""


async def test_limits_are_made_of_the_first_weeks_with_a_figure_however_far_back(
    firm: Firm, site: Site, quiet: dict[date, float]
) -> None:
    """And so another week moves nothing; the page does not call them provisional."""
    base = [quiet[monday] for monday in sorted(quiet)][:12]
    mean = sum(base) / 12
    reach = 2.66 * sum(abs(b - a) for a, b in pairwise(base)) / 11
    wanted = f"平均{100 * mean:.1f}%，界限{100 * (mean - reach):.1f}%到{min(100, 100 * (mean + reach)):.1f}%"

    assert (await _limits(site)).replace(".0%", "%") == wanted.replace(".0%", "%")
    firm.clock_says("2026-12-11 15:00")
    assert (await _limits(site)).replace(".0%", "%") == wanted.replace(".0%", "%")
    assert "界限是暂定的" not in _sheet(await _read(site), "trend_kept")


async def test_of_fewer_than_twelve_weeks_they_are_called_provisional(
    firm: Firm, site: Site, superuser: asyncpg.Connection
) -> None:
    number = await firm.lin_asks_for("a laptop")
    await past.copy(superuser, number, past.weekdays(TODAY, 8, 4, {}))

    assert "界限是暂定的：目前用8个有数字的周算出，满12周后就不再动。" in _sheet(await _read(site), "trend_kept")


@pytest.mark.usefixtures("lived")
async def test_every_chart_has_a_title_a_description_and_a_table(site: Site) -> None:
    page = await _read(site)

    for card in ("trend_kept", "trend_same_day", "trend_failures"):
        sheet = _sheet(page, card)
        assert f'role="img" aria-labelledby="{card}-title {card}-desc"' in sheet
        assert re.search(rf'<title id="{card}-title">[^<]+</title><desc id="{card}-desc">[^<]+</desc>', sheet)
        assert "<table" in sheet


@pytest.mark.usefixtures("lived")
async def test_tomorrow_is_as_a_week_before_with_its_hit_rate(site: Site) -> None:
    """Nothing came on the four working days of this week: that is what was missed."""
    sheet = _sheet(await _read(site), "forecast")

    assert "工作日：最近28天里预计了20次，区间对了16次：80.0%" in WORDS.sub("", sheet)
    assert "休息日：最近28天里预计了8次，区间对了8次：100.0%" in WORDS.sub("", sheet)


async def test_arrivals_are_what_plain_loops_count(firm: Firm, superuser: asyncpg.Connection) -> None:
    """Handed over they stay with the department that got them first; sealed ones are in no count."""
    for n in range(12):
        number = await firm.lin_asks_for(f"matter {n}", service="expenses" if n % 3 else "anything")
        if n % 4 == 0:
            await firm.wu_hands_over(number, firm.hr)
        await firm.time_passes_until((clock.now() + timedelta(hours=7)).astimezone(_zone()).strftime("%Y-%m-%d %H:%M"))
    await superuser.execute("update tickets set sealed = true, tier = 3 where id % 5 = 0")
    days = [local(f"2026-11-{day} 00:00") for day in range(19, 30)]
    async with db.acting_as(firm.qian, writing=False):
        told, began = await trends.filed(firm.finance, days), await trends.begins(firm.finance)

    wanted, first = await _counted(superuser, firm.finance, days)
    assert told == wanted
    assert sum(told) > 3
    assert began == first


async def _counted(root: asyncpg.Connection, of: int, days: list[datetime]) -> tuple[list[int], datetime]:
    hops = await root.fetch("select h.*, t.sealed from hops h join tickets t on t.id = h.ticket order by h.since, h.id")
    first: dict[int, asyncpg.Record] = {}
    for hop in hops:
        first.setdefault(hop["ticket"], hop)
    mine = [hop["since"] for hop in first.values() if hop["department"] == of and not hop["sealed"]]
    ever = [hop["since"] for hop in hops if hop["department"] == of and not hop["sealed"]]
    return [sum(a <= at < b for at in mine) for a, b in pairwise(days)], min(ever)


def _zone() -> object:
    return local("2026-11-20 00:00").tzinfo


@pytest.mark.parametrize("login", ["lin", "wu", "zhao", "admin", "guest"])
async def test_the_database_itself_tells_nobody_else_what_came(firm: Firm, login: str) -> None:
    await firm.lin_asks_for("a laptop")
    days = [local(f"2026-11-{day} 00:00") for day in (20, 21)]
    async with db.acting_as(firm.people[login], writing=False):
        assert await trends.filed(firm.finance, days) == [0]
        assert await trends.begins(firm.finance) is None
