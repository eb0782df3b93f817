"""A report after thirty weeks: in both languages, light, dark, on a phone, on paper and by keyboard; charts say what they show."""

import re
from datetime import date

import asyncpg
import pytest
from playwright.async_api import expect

from tests.browser.conftest import Sit
from tests.browser.looks import ALL_LOOKS, faults
from tests.browser.running import RunningDesk
from tests.browser.seat import Seat
from tests.reports import past

PERIOD = "?from=2026-10-26&to=2026-11-20"
FIRST, TRENDS = f"/reports/finance{PERIOD}", f"/reports/finance/tabs/trends{PERIOD}"
PAGES = (FIRST, TRENDS, "/reports/finance/changes", "/reports/meanings")
PAPER = {"width": 688, "height": 1000}  # A4 within its margins, at 96 dots an inch
_BEYOND = """() => [...document.querySelectorAll("main *")].filter((one) => one.checkVisibility() && !one.closest(".unseen")
  && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map((one) => one.outerHTML.slice(0, 120))"""
_LINKS = "[...document.querySelectorAll('main :is(tbody, .rows) a')]"
_FOCUSED = f"""() => {{
  const one = document.activeElement, box = one.getBoundingClientRect();
  return [{_LINKS}.indexOf(one), one.matches(":focus-visible") && box.width > 0 && box.bottom > 0 && box.top < innerHeight];
}}"""


@pytest.fixture
async def desk(desk_of_firm: RunningDesk) -> RunningDesk:
    """Finance has had four requests a working day for thirty weeks, and a bad week in October."""
    url = desk_of_firm.environment["DESK_DATABASE_URL"].replace("//desk@", "//postgres@")
    root = await asyncpg.connect(url)
    number = await root.fetchval("select min(number) from tickets")
    failed = {week: 2 + week % 2 for week in range(1, 31)}
    await past.copy(root, number, past.weekdays(date(2026, 11, 20), 30, 4, failed) | {date(2026, 10, 26): (4, 4)})
    await root.close()
    return desk_of_firm


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_whoever_answers_for_a_department_reads_its_report_everywhere(desk: RunningDesk, sit: Sit, language: str):
    qian = await sit(desk, "qian", language=language)
    await _marks_a_change(qian)
    found: list[str] = []
    for path in PAGES:
        assert await qian.go(path) == 200
        found += await faults(qian.page, ALL_LOOKS, opened=True)
    assert not found, "\n".join(found)
    await qian.page.set_viewport_size({"width": 1280, "height": 900})
    await _charts_say_what_they_show(qian)
    for path in (FIRST, TRENDS):
        await qian.go(path)
        await _every_row_is_reached_by_keyboard(qian)
        await _is_printed_on_a4(qian)


async def _marks_a_change(qian: Seat) -> None:
    """Bad input first: a sentence, and what was typed is still there."""
    await qian.go("/reports/finance/changes")
    await qian.page.get_by_label(qian.t("reports.change_day"), exact=False).fill("2026-11-21")
    await qian.page.get_by_label(qian.t("reports.change_words"), exact=False).fill("Two people take turns")
    await qian.press("reports.mark_change")
    await expect(qian.page.locator("#day-error")).to_contain_text(qian.t("reports.change_to_come")[:6])
    await expect(qian.page.locator("#words")).to_have_value("Two people take turns")
    await qian.page.locator("#day").fill("2026-08-03")
    await qian.press("reports.mark_change")
    await expect(qian.page.get_by_role("row", name="Two people take turns")).to_be_visible()


async def _charts_say_what_they_show(qian: Seat) -> None:
    """Each with a title, a description and its table; news has a shape of its own and stands in words beside it."""
    await qian.go(TRENDS)
    for card in ("trend_kept", "trend_same_day", "trend_failures"):
        section = qian.page.locator(f"section[aria-labelledby={card}]")
        chart = section.get_by_role("img", name=qian.t("reports.trend_title", card=qian.t(f"reports.card_{card}")))
        await expect(chart).to_be_visible()
        await expect(chart.locator("desc")).to_contain_text(qian.t("reports.news_rest"))
        await expect(chart.locator("path.chart__signal").first).to_be_visible()
        await expect(section.locator(".plot__note").first).to_be_visible()
        await expect(section.get_by_role("row")).to_have_count(27)
    await qian.go(FIRST)
    for card in ("failures", "backlog"):
        chart = qian.page.locator(f"section[aria-labelledby={card}] svg[role=img]").first
        assert await chart.locator("title").text_content()
        assert await chart.locator("desc").text_content()


async def _every_row_is_reached_by_keyboard(qian: Seat) -> None:
    wanted = await qian.page.evaluate(f"{_LINKS}.length")
    reached: set[int] = set()
    for _ in range(wanted + 60):
        await qian.page.keyboard.press("Tab")
        place, is_seen = await qian.page.evaluate(_FOCUSED)
        reached |= {place} if is_seen else set()
    assert wanted > 20
    assert reached >= set(range(wanted))


async def _is_printed_on_a4(qian: Seat) -> None:
    """Whoever reads it in the dark prints it black on white, without navigation, with department, period and moment."""
    page = qian.page
    await page.emulate_media(media="print", color_scheme="dark")
    await page.set_viewport_size(PAPER)
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    for words in (qian.t("reports.as_of").lower(), "2026-10-26", "2026-11-20", "09:30:"):
        await expect(page.locator(".head .print-only")).to_contain_text(words)
    for gone in (".top", ".nav", ".tabs", ".crumbs", ".filter", "[data-print]"):
        await expect(page.locator(gone).first).to_be_hidden()
    assert await page.evaluate(_BEYOND) == []
    ink = "getComputedStyle(document.querySelector('.chart__line, .chart__bar')).getPropertyValue('--accent')"
    assert await page.evaluate(ink) == "black"
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", await page.pdf(prefer_css_page_size=True))
    assert {(round(float(w)), round(float(h))) for w, h in boxes} == {(595, 842)}
    await page.emulate_media(media="screen", color_scheme="light")
    await page.set_viewport_size({"width": 1280, "height": 900})
