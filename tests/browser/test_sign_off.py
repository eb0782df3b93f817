"""Before lunch 吴 asks 钱 to sign; then a public holiday is declared, what is open moves and says why, what was kept stays."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Sit
from tests.browser.running import RunningDesk
from tests.browser.seat import Seat

FRIDAY = "2026-11-20 "


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_a_signature_before_lunch_and_a_holiday_that_is_declared(
    desk_of_firm: RunningDesk, sit: Sit, language: str
):
    desk = desk_of_firm
    lin, wu, qian, admin = [await sit(desk, login, language=language) for login in ("lin", "wu", "qian", "admin")]
    desk.clock_says(FRIDAY + "11:30")
    number = await files(lin)
    await asks_to_sign(wu, number)
    desk.clock_says(FRIDAY + "11:40")
    await signs(qian, number)
    await it_stands_there(wu, number)
    assert (await wu.post(f"/requests/{number}/updates", kind="reply", body="It is booked.", word="answer"))[0] == 303

    await declares_a_holiday(admin, "2026-11-24")
    await what_is_open_moves(lin, number)


async def files(lin: Seat) -> int:
    await lin.go("/new?service=expenses")
    await lin.page.get_by_label(lin.t("tickets.new_title")).fill("A flight to Berlin")
    await lin.page.locator("#body").fill("2,300, on 3 December.")
    await lin.press("tickets.file")
    await expect(lin.page.locator("#promise")).to_be_visible()
    return int(re.findall(r"/requests/(\d+)", lin.page.url)[0])


async def asks_to_sign(wu: Seat, number: int) -> None:
    await wu.go(f"/requests/{number}")
    await wu.press("tickets.take")
    form = wu.page.locator("#reply")
    await form.get_by_role("radio", name=wu.t("tickets.compose_ask")).check()
    await form.get_by_label(wu.t("tickets.ask_to")).select_option(label=wu.t("tickets.ask_sign_head"))
    await form.locator("#body").fill("2,300 for the flight. May it be?")
    await wu.press("tickets.send", form)
    asked = wu.page.locator(".line", has_text="May it be?")
    await expect(asked).to_contain_text(wu.t("tickets.label_ask", name="钱立群"))
    await expect(asked.locator(".given")).to_contain_text("16:45")


async def signs(qian: Seat, number: int) -> None:
    await qian.go("/")
    strip = qian.page.locator("#home-live .row--work", has_text="A flight to Berlin")
    await expect(strip).to_contain_text("吴桐")
    await qian.page.keyboard.press("j")
    await qian.page.keyboard.press("s")
    await expect(qian.page).to_have_url(re.compile(rf"/requests/{number}#ask-"))
    asked = qian.page.locator("[id^=ask-]")
    await expect(asked).to_contain_text("May it be?")
    await asked.get_by_role("button", name=qian.t("tickets.sign")).click()
    await expect(qian.page.get_by_text(qian.t("tickets.label_signed_at_once"), exact=True)).to_be_visible()
    await qian.go("/")
    await expect(qian.page.locator("#home-live .row--work")).to_have_count(0)


async def it_stands_there(wu: Seat, number: int) -> None:
    await wu.go(f"/requests/{number}")
    told = wu.page.locator("#promise .told li", has_text=wu.t("tickets.kind_sign_off"))
    await expect(told.locator(".state")).to_have_text(wu.t("web.state_kept"))


async def declares_a_holiday(admin: Seat, day: str) -> None:
    await admin.go("/admin/calendars/finance")
    holidays = admin.page.locator("[name=holidays]")
    await holidays.fill(f"{await holidays.input_value()}\n{day}")
    async with admin.page.expect_response(lambda answer: answer.request.method == "POST"):
        await admin.page.locator("form").filter(has=holidays).locator("button:not([name])").first.click()
    await expect(admin.page.locator("[name=holidays]")).to_have_value(re.compile(day))


async def what_is_open_moves(lin: Seat, number: int) -> None:
    """林's page asks again by itself when the worker has followed the calendar."""
    await lin.go(f"/requests/{number}")
    promise = lin.page.locator("#promise")
    await expect(promise.locator(".promise__word")).to_contain_text("25")
    because = await promise.locator(".why__steps").inner_text()
    assert lin.t("sla.why_recalculated", at="\n", n=2).split("\n")[1] in because
    assert "24" in because
    kept = promise.locator(".told li")
    for kind in ("sign_off", "first_reply"):
        mine = kept.filter(has_text=lin.t(f"tickets.kind_{kind}"))
        await expect(mine.locator(".state")).to_have_text(lin.t("web.state_kept"))
