"""The main job from beginning to end, as four people see it: 林 asks, 吴 serves, 赵 looks on."""

import json
import re
from typing import Any

import httpx
import pytest
from playwright.async_api import expect

from tests.browser.conftest import Sit
from tests.browser.running import RunningDesk
from tests.browser.seat import Seat
from tests.browser.words import CHINESE, ENGLISH, Words

NOTED, REPLIED, RESOLVED = "09:47", "09:58", "16:40"
FRIDAY = "2026-11-20 "


@pytest.mark.slow
@pytest.mark.parametrize("words", [CHINESE, ENGLISH], ids=lambda words: words.language)
async def test_a_question_is_promised_answered_and_accepted(desk_of_firm: RunningDesk, sit: Sit, words: Words):
    desk, here = desk_of_firm, {"language": words.language}
    lin, wu, zhao = [await sit(desk, login, **here) for login in ("lin", "wu", "zhao")]

    number = await lin_files(lin, words)
    await wu_finds_it_first(wu, number)
    desk.clock_says(FRIDAY + NOTED)
    await wu_notes(wu, words)
    desk.clock_says(FRIDAY + REPLIED)
    await wu_replies(wu, words)

    await lin_reads_it_without_reload(lin, words)
    await zhao_sees_a_marker_and_nothing_else(zhao, number, words)
    await zhao_gets_no_more_from_the_api(desk, number, words)

    await lin.go("/")
    await expect(lin.page.locator("#unread")).to_have_text("")
    desk.clock_says(FRIDAY + RESOLVED)
    await wu_resolves_and_may_not_accept(wu, number, words)
    await lin_is_rung_and_accepts(lin, number, words)
    await the_page_tells_the_story(lin, words)


async def lin_files(lin: Seat, words: Words) -> int:
    page = lin.page
    await page.get_by_label(lin.t("tickets.ask")).press_sequentially(words.looks_for)
    await page.locator("#finds").get_by_role("link", name=words.service).click()
    await page.get_by_label(lin.t("tickets.new_title")).fill(words.title)
    await page.locator("#body").fill(words.asks)
    await lin.press("tickets.file")
    await expect(page.get_by_role("heading", name=words.title)).to_be_visible()
    promise = page.locator("#promise")
    await expect(promise.locator(".promise__word")).to_have_text(words.promised)
    why = await promise.locator(".why__steps").inner_text()
    assert all(time in why for time in words.because), why
    await page.evaluate("window.neverLeft = true")
    await page.locator("#body").press_sequentially(words.half)
    return int(re.findall(r"/requests/(\d+)", page.url)[0])


async def wu_finds_it_first(wu: Seat, number: int) -> None:
    await wu.go("/desk")
    first = wu.page.locator("#desk-live .row__title a").first
    await expect(first).to_have_attribute("href", f"/requests/{number}")
    await first.click()
    await expect(wu.page.locator("#reply")).to_be_visible()


async def wu_notes(wu: Seat, words: Words) -> None:
    form = wu.page.locator("#reply")
    await form.get_by_label(wu.t("tickets.compose_note"), exact=True).check()
    await form.locator("#body").fill(words.notes)
    await expect(form.get_by_label(wu.t("tickets.who_reads"))).to_have_value("2")
    await expect(form.get_by_label(wu.t("tickets.tier_reason"))).to_have_value("draft_before_decision")
    await wu.press("tickets.send", form)
    await expect(wu.page.locator(".line--note")).to_contain_text(words.notes)


async def wu_replies(wu: Seat, words: Words) -> None:
    form = wu.page.locator("#reply")
    await form.get_by_role("radio", name=wu.t("tickets.compose_reply")).check()
    await form.locator("#body").fill(words.replies)
    await form.get_by_label(wu.t("tickets.word_until")).check()
    await form.get_by_label(wu.t("tickets.word_by")).fill("2026-11-20T17:30")
    await form.get_by_label(wu.t("tickets.word_what")).fill(words.expects)
    await wu.press("tickets.send", form)
    await expect(wu.page.locator("#timeline")).to_contain_text(words.replies)


async def lin_reads_it_without_reload(lin: Seat, words: Words) -> None:
    await expect(lin.page.locator("#timeline")).to_contain_text(words.replies)
    await expect(lin.page.locator("#promise .promise__word")).to_have_text(words.expected)
    assert await lin.page.evaluate("window.neverLeft")
    await expect(lin.page.locator("#body")).to_have_value(words.half)
    await expect(lin.page.locator("#body")).to_be_focused()


async def zhao_sees_a_marker_and_nothing_else(zhao: Seat, number: int, words: Words) -> None:
    await zhao.go(f"/requests/{number}")
    marker = zhao.page.locator("#timeline .marker")
    await expect(marker).to_contain_text(zhao.t("disclosure.reason_draft_before_decision"))
    told = await marker.evaluate("(marker) => marker.outerHTML")
    assert "吴桐" not in told
    assert not re.search(r"\d\d:\d\d", told)
    page = await zhao.page.content()
    assert words.replies in page
    assert words.notes not in page
    assert NOTED not in page


async def zhao_gets_no_more_from_the_api(desk: RunningDesk, number: int, words: Words) -> None:
    token = desk.does("desk.cli", "token", "zhao").split()[-1]
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": words.language}
    async with httpx.AsyncClient(base_url=desk.address, headers=headers, timeout=60) as program:
        answer = await program.get(f"/api/requests/{number}")
    told: dict[str, Any] = answer.json()
    [marker] = told["markers"]
    facts = {"tier", "department", "day", "reason", "opens_on", "raised_on", "prolonged", "sealed_until"}
    assert marker.keys() <= facts | {"text", "ask"}  # both made of the facts
    assert words.replies in [entry["body"] for entry in told["timeline"]]
    everything = json.dumps(told, ensure_ascii=False)
    assert words.notes not in everything
    assert NOTED not in everything
    assert "01:47" not in everything  # the same in UTC


async def wu_resolves_and_may_not_accept(wu: Seat, number: int, words: Words) -> None:
    await wu.go(f"/requests/{number}")
    await wu.page.locator("summary", has_text=wu.t("tickets.resolve")).click()
    await wu.page.get_by_label(wu.t("tickets.outcome"), exact=True).fill(words.outcome)
    await wu.press("tickets.resolve_send")
    await expect(wu.page.locator("#timeline")).to_contain_text(words.outcome)
    await expect(wu.page.get_by_role("button", name=wu.t("tickets.accept"))).to_have_count(0)
    status, answer = await wu.post(f"/requests/{number}/acceptance")
    assert wu.t("tickets.only_requester_judges") in answer
    assert status == 403


async def lin_is_rung_and_accepts(lin: Seat, number: int, words: Words) -> None:
    await expect(lin.page.locator("#unread")).to_contain_text("1")
    waiting = lin.page.locator("#home-live .row--word", has_text=words.title)
    await expect(waiting).to_be_visible()
    await waiting.get_by_role("link", name=words.title).click()
    await lin.press("tickets.accept", lin.page.locator("#judge"))
    await expect(lin.page.locator(".head .tag")).to_have_text(lin.t("tickets.state_accepted"))


async def the_page_tells_the_story(lin: Seat, words: Words) -> None:
    told = await lin.page.locator("#timeline").inner_text()
    beats = [
        words.asks,
        lin.t("tickets.event_request_taken", by="吴桐"),
        words.replies,
        words.expects,
        words.outcome,
        lin.t("tickets.event_request_accepted", by="林晓雯"),
    ]
    places = [told.find(beat) for beat in beats]
    assert -1 not in places, told
    assert places == sorted(places)
    states = lin.page.locator("#promise .told li .state")
    assert set(await states.all_inner_texts()) == {lin.t("web.state_kept")}
    assert await states.count() == 3, "first reply, the next word, resolution"
