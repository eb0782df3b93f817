"""Writing under a request: what a note brings along, what is begun and not yet sent, and how it is sent."""

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
    await seat.page.locator("#desk-live .row__title a").first.click()
    await expect(seat.page.locator("#reply")).to_be_visible()
    return seat


async def _chosen(page: Page) -> list[str]:
    return [await page.locator(f"#reply [name={name}]").input_value() for name in ("tier", "reason")]


async def test_a_note_is_for_the_departments_unless_somebody_chooses(wu: Seat):
    page = wu.page
    note, reply = page.locator('[name=kind][value="note"]'), page.locator('[name=kind][value="reply"]')
    await note.check()
    assert await _chosen(page) == ["2", "draft_before_decision"]
    await expect(page.locator("#body")).to_have_attribute("placeholder", wu.t("tickets.composer_note_here"))
    await reply.check()
    assert await _chosen(page) == ["1", ""]
    await page.locator("#reply [name=tier]").select_option("3")
    await note.check()
    assert (await _chosen(page))[0] == "3"


async def test_it_is_said_who_will_read_before_it_is_sent(wu: Seat):
    page = wu.page
    await page.locator('[name=kind][value="note"]').check()
    await expect(page.locator("#readers")).to_contain_text("林晓雯")
    await page.locator("#reply [name=tier]").select_option("3")
    await expect(page.locator("#readers")).not_to_contain_text("林晓雯")
    await page.locator('[name=kind][value="reply"]').check()
    await expect(page.locator("#readers")).to_contain_text("林晓雯")


async def test_what_each_kind_of_words_needs_is_asked_for_and_nothing_else(wu: Seat):
    page = wu.page
    needs = {"cannot_tell": "withheld", "reply": "word", "ask": "to"}
    for kind in needs:
        await page.locator(f'[name=kind][value="{kind}"]').check()
        shown = [name for name in needs.values() if await page.locator(f"#reply [name={name}]").first.is_visible()]
        assert shown == [needs[kind]]


async def test_what_was_begun_outlives_another_form(wu: Seat):
    page = wu.page
    await page.locator('[name=kind][value="note"]').check()
    await page.locator("#body").fill("Half a thought")
    await page.locator("#act-more > summary").click()
    await page.locator('[action$="/watch"] button').click()
    await expect(page.locator("#said")).to_contain_text(wu.t("tickets.done_watch"))

    await expect(page.locator("#body")).to_have_value("Half a thought")
    await expect(page.locator('[name=kind][value="note"]')).to_be_checked()


async def test_what_was_begun_is_gone_with_whoever_signs_out(wu: Seat):
    page, there = wu.page, wu.page.url
    await page.locator("#body").fill("Half a thought")
    await page.locator(".avatar-button").click()
    await wu.press("web.sign_out")
    await expect(page).to_have_url(re.compile("/login"))
    await wu.sign_in("wu")
    await page.goto(there)

    await expect(page.locator("#body")).to_have_value("")


async def test_control_and_enter_send_and_lead_to_the_words(wu: Seat):
    page = wu.page
    await page.locator('[name=kind][value="note"]').check()
    await page.locator("#body").fill("Sent by hand")
    await page.keyboard.press("Control+Enter")

    await expect(page).to_have_url(re.compile(r"/requests/\d+#line-"))
    await expect(page.locator(".line:target")).to_contain_text("Sent by hand")
    await expect(page.locator("#said")).to_contain_text(wu.t("tickets.done_sent"))
    await expect(page.locator("#body")).to_have_value("")
