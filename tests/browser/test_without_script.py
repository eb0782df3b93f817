"""Filing, answering, correcting and accepting in a browser that runs no script."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Sit
from tests.browser.running import RunningDesk
from tests.browser.seat import Seat

TITLE, ANSWER, OUTCOME = "Two nights in Suzhou", "Both nights are within the rate.", "Paid with Friday's batch."


@pytest.mark.slow
async def test_a_request_goes_its_way_without_script(desk_of_firm: RunningDesk, sit: Sit):
    plain = {"language": "en", "java_script_enabled": False}
    lin, wu = [await sit(desk_of_firm, login, **plain) for login in ("lin", "wu")]
    number = await _lin_files(lin)
    await _wu_answers_and_corrects(wu, number)
    await _wu_resolves(wu)
    await lin.go("/")
    await lin.page.locator("#home-live .row--word").get_by_role("button", name=lin.t("tickets.accept")).click()
    await expect(lin.page.locator(".head .tag")).to_have_text(lin.t("tickets.state_accepted"))
    await expect(lin.page.locator("#timeline")).to_contain_text(OUTCOME)


async def _lin_files(lin: Seat) -> int:
    page = lin.page
    await page.get_by_label(lin.t("tickets.ask")).fill("expenses")
    await lin.press("tickets.ask_send")
    await page.locator(".found").get_by_role("link", name="Expenses").first.click()
    title = page.get_by_label(lin.t("tickets.new_title"))
    await title.fill("")
    await lin.press("tickets.file")
    await expect(page.locator(".faults")).to_contain_text(lin.t("tickets.title_needed"))
    await title.fill(TITLE)
    await page.locator("#body").fill("Is 480 a night all right?")
    await lin.press("tickets.file")
    await expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    return int(re.findall(r"/requests/(\d+)", page.url)[0])


async def _wu_answers_and_corrects(wu: Seat, number: int) -> None:
    await wu.go(f"/requests/{number}")
    form = wu.page.locator("#reply")
    await form.locator("#body").fill(ANSWER)
    await form.get_by_label(wu.t("tickets.word_answer")).check()
    await wu.press("tickets.send", form)
    mine = wu.page.locator(".line", has_text=ANSWER)
    await mine.get_by_role("link", name=wu.t("tickets.correct")).click()
    await mine.get_by_label(wu.t("tickets.correct_body")).fill(ANSWER.replace("Both nights are", "One night is"))
    await mine.get_by_label(wu.t("tickets.correct_why")).fill("The second is above it.")
    await wu.press("tickets.correct_send", mine)
    await expect(wu.page.locator(".line ins")).to_contain_text("One night is")
    await expect(wu.page.locator(".line del")).to_contain_text(ANSWER)


async def _wu_resolves(wu: Seat) -> None:
    await wu.page.locator("summary", has_text=wu.t("tickets.resolve")).click()
    await wu.page.get_by_label(wu.t("tickets.outcome"), exact=True).fill(OUTCOME)
    await wu.press("tickets.resolve_send")
    await expect(wu.page.locator("#timeline")).to_contain_text(OUTCOME)
