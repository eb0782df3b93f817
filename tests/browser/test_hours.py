"""What climbs on a Friday evening rings on Monday morning, with the real worker between."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Sit
from tests.browser.running import RunningDesk
from tests.browser.seat import Seat

TITLE = "Money for the spring campaign"


@pytest.mark.slow
async def test_whoever_may_not_read_it_is_told_on_monday_that_something_climbed(desk_of_firm: RunningDesk, sit: Sit):
    admin, lin, wu = [await sit(desk_of_firm, login, language="en") for login in ("admin", "lin", "wu")]
    await _order(admin)
    number = await _lin_files(lin)
    await wu.post(f"/requests/{number}/take")
    await _leave(admin, lin, wu)
    desk_of_firm.clock_says("2026-11-20 18:01")
    friday = await sit(desk_of_firm, "zhao", language="en")
    await _shows(friday, "/escalated", "Something of Finance")
    await friday.go("/notices")
    await expect(friday.page.locator("main")).to_contain_text(friday.t("notices.none"))
    await _leave(friday)

    desk_of_firm.clock_says("2026-11-23 09:00")
    monday = await sit(desk_of_firm, "zhao", language="en")
    await _shows(monday, "/notices", "Something of Finance that you may not read")
    await expect(monday.page.locator("main")).not_to_contain_text(TITLE)
    await monday.page.get_by_role("link", name="Something of Finance").click()
    await expect(monday.page).to_have_url(re.compile("/escalated$"))


async def _order(admin: Seat) -> None:
    await admin.go("/profile")
    for person, superior in (("wu", "qian"), ("qian", "zhao")):
        status, _ = await admin.post(f"/people/{person}/superior", superior=superior)
        assert status == 303


async def _lin_files(lin: Seat) -> int:
    await lin.go("/new?service=budget")
    await lin.page.get_by_label(lin.t("tickets.new_title")).fill(TITLE)
    await lin.page.locator("#body").fill("How much is left?")
    await lin.press("tickets.file")
    await expect(lin.page.get_by_role("heading", name=TITLE)).to_be_visible()
    return int(re.findall(r"/requests/(\d+)", lin.page.url)[0])


async def _leave(*seats: Seat) -> None:
    """For the weekend: a session ends when nobody uses it."""
    for seat in seats:
        await seat.page.goto("about:blank")


async def _shows(seat: Seat, path: str, words: str) -> None:
    """Looks again until the worker has been there."""
    for _ in range(60):
        await seat.go(path)
        if words in await seat.page.locator("main").inner_text():
            break
        await seat.page.wait_for_timeout(1000)
    await expect(seat.page.locator("main")).to_contain_text(words)
