"""Everything by keyboard: keys for what one does all day, and the focus never lost."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Sit
from tests.browser.running import RunningDesk
from tests.browser.seat import Seat


@pytest.fixture
async def wu(demo: RunningDesk, sit: Sit) -> Seat:
    seat = await sit(demo, "wu")
    await seat.go("/desk")
    return seat


async def test_j_and_k_move_through_the_list_and_enter_opens(wu: Seat):
    page, rows = wu.page, wu.page.locator(".rows > li")
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    await page.keyboard.press("k")
    await expect(rows.nth(0)).to_have_attribute("aria-current", "true")
    await expect(rows.nth(1)).not_to_have_attribute("aria-current", "true")
    wanted = await rows.nth(0).locator("a").first.get_attribute("href")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(f"{wu.desk.address}{wanted}")


async def test_r_in_the_list_replies_to_its_request(wu: Seat):
    await wu.page.keyboard.press("j")
    await wu.page.keyboard.press("r")
    await expect(wu.page).to_have_url(re.compile(r"/requests/\d+#body$"))
    await expect(wu.page.locator("#body")).to_be_focused()


async def test_r_and_n_choose_what_the_words_are_and_lead_to_them(wu: Seat):
    page = await _opened(wu)
    await page.keyboard.press("n")
    await expect(page.get_by_label(wu.t("tickets.compose_note"), exact=True)).to_be_checked()
    await expect(page.locator("#body")).to_be_focused()
    await page.keyboard.type("r h ?")
    await expect(page.locator("#body")).to_have_value("r h ?")
    await page.locator("#body").blur()
    await page.keyboard.press("r")
    await expect(page.get_by_role("radio", name=wu.t("tickets.compose_reply"))).to_be_checked()
    await expect(page.locator("#body")).to_be_focused()


async def test_h_opens_the_handover_and_leads_into_it(wu: Seat):
    page = await _opened(wu)
    await page.keyboard.press("h")
    await expect(page.get_by_label(wu.t("tickets.hand_over_to"))).to_be_focused()


async def test_r_leads_a_requester_to_the_only_kind_of_words_there_is(demo: RunningDesk, sit: Sit):
    lin = await sit(demo, "lin")
    await lin.page.locator(".row--mine a").first.click()
    await expect(lin.page.locator("#reply")).to_be_visible()
    await lin.page.keyboard.press("r")
    await expect(lin.page.locator("#body")).to_be_focused()


async def test_a_question_mark_tells_the_keys_and_escape_returns(wu: Seat):
    help_ = wu.page.locator("#help")
    await wu.page.keyboard.press("?")
    await expect(help_).to_be_visible()
    await wu.page.keyboard.press("j")
    await expect(wu.page.locator(".rows > [aria-current]")).to_have_count(0)
    await wu.page.keyboard.press("Escape")
    await expect(help_).to_be_hidden()


async def test_a_slash_leads_to_the_search_and_enter_finds_a_number(wu: Seat):
    number = await wu.page.locator(".rows .id").first.inner_text()
    await wu.page.keyboard.press("/")
    await expect(wu.page.locator("#find")).to_be_focused()
    await wu.page.keyboard.type(number)
    await wu.page.keyboard.press("Enter")
    await expect(wu.page).to_have_url(f"{wu.desk.address}/requests/{number.removeprefix('#')}")


async def test_g_and_a_letter_go_to_every_place_of_the_nav(wu: Seat):
    places = await wu.page.locator("[data-go]").evaluate_all(
        "(all) => all.map((one) => [one.dataset.go, one.getAttribute('href')])"
    )
    assert len(places) >= 4
    for letter, path in places:
        await wu.page.keyboard.press("g")
        await wu.page.keyboard.press(letter)
        await expect(wu.page).to_have_url(f"{wu.desk.address}{path}")


async def test_the_first_tab_skips_to_the_words_of_the_page(wu: Seat):
    await wu.page.keyboard.press("Tab")
    await expect(wu.page.locator(".skip")).to_be_focused()
    await wu.page.keyboard.press("Enter")
    await expect(wu.page.locator("#main")).to_be_focused()


async def test_after_a_refusal_the_focus_is_on_the_first_field_to_mend(demo: RunningDesk, sit: Sit):
    lin = await sit(demo, "lin")
    await lin.go("/new?service=payments")
    await lin.page.locator("#body").fill("请尽快")
    await lin.press("tickets.file")
    title = lin.page.get_by_label(lin.t("tickets.new_title"))
    await expect(title).to_have_attribute("aria-invalid", "true")
    await expect(title).to_be_focused()
    await expect(lin.page.locator("#body")).to_have_value("请尽快")


async def test_a_refused_outcome_opens_its_form_again_with_the_focus_in_it(wu: Seat):
    page = await _opened(wu)
    await page.locator("summary", has_text=wu.t("tickets.resolve")).click()
    await wu.press("tickets.resolve_send")
    outcome = page.get_by_label(wu.t("tickets.outcome"), exact=True)
    await expect(outcome).to_be_visible()
    await expect(outcome).to_be_focused()
    await expect(page.locator("#resolution-outcome-error")).to_have_text(wu.t("tickets.outcome_needed"))


async def _opened(wu: Seat) -> Page:
    await wu.page.locator("#desk-live .row__title a").first.click()
    await expect(wu.page.locator("#reply")).to_be_visible()
    return wu.page
