"""Whoever is signed out while writing is told, led back, and finds the words again; nobody else does."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Sit
from tests.browser.running import RunningDesk
from tests.browser.seat import Seat

WORDS = "The receipt is on its way."


async def lin_writes_when_the_session_is_over(lin: Seat) -> None:
    page = lin.page
    await lin.go("/new?service=expenses")
    await page.get_by_label(lin.t("tickets.new_title")).fill("A taxi")
    await page.locator("#body").fill(WORDS)
    await lin.post("/logout")
    await lin.press("tickets.file")


async def signs_in(seat: Seat, login: str) -> None:
    await seat.page.get_by_label(seat.t("accounts.login")).fill(login)
    await seat.page.get_by_label(seat.t("accounts.password")).fill("demo-desk-2026")
    await seat.press("accounts.sign_in")
    await expect(seat.page).to_have_url(f"{seat.desk.address}/new?service=expenses")


@pytest.mark.slow
@pytest.mark.parametrize(("who", "found"), [("lin", WORDS), ("zhao", "")])
async def test_words_that_were_not_sent_return_to_their_writer_alone(
    desk_of_firm: RunningDesk, sit: Sit, who: str, found: str
):
    lin = await sit(desk_of_firm, "lin")
    await lin_writes_when_the_session_is_over(lin)
    await expect(lin.page.locator("#said")).to_contain_text(lin.t("accounts.session_over"))
    await signs_in(lin, who)

    await expect(lin.page.locator("#body")).to_have_value(found)
