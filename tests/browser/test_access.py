"""A salary question is restricted: a colleague asks for access, gets an extract, then a grant that ends; at last the words open by themselves."""

import re
from contextlib import suppress

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Sit
from tests.browser.looks import ALL_LOOKS, faults
from tests.browser.running import RunningDesk
from tests.browser.seat import Seat

SALARY = "31,500"
BAND = "25,000 to 35,000"
OPENING = 120_000  # milliseconds: the worker looks once a minute


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_access_is_asked_for_answered_and_ends(desk_of_firm: RunningDesk, sit: Sit, language: str):
    desk = desk_of_firm
    lin, meng, wu = [await sit(desk, login, language=language) for login in ("lin", "meng", "wu")]
    number = await a_restricted_answer(lin, wu)
    asked = await asks_for_access(meng, number)
    await gives_an_extract(wu, asked)
    await reads_the_extract_only(meng, number)
    await says_not_yet(meng, asked)
    await grants(wu, asked, "2026-11-23")
    await reads_it_all(meng, number)
    await looks_at_the_lists(meng, wu, number)

    for seat in (lin, meng, wu):
        await seat.page.goto("about:blank")  # their sessions end meanwhile
    desk.clock_says("2026-11-24 09:00")
    later = await sit(desk, "meng", language=language)
    await reads_the_extract_only(later, number)
    await later.page.goto("about:blank")
    desk.clock_says("2027-02-18 09:00")
    await it_is_open(await sit(desk, "zhao", language=language), number)


async def a_restricted_answer(lin: Seat, wu: Seat) -> int:
    await lin.go("/new?service=expenses")
    await lin.page.get_by_label(lin.t("tickets.new_title")).fill("The salary band of the new post")
    await lin.page.locator("#body").fill("What may we offer?")
    await lin.press("tickets.file")
    await expect(lin.page.locator("#promise")).to_be_visible()
    number = int(re.findall(r"/requests/(\d+)", lin.page.url)[0])
    await wu.go(f"/requests/{number}")
    shut = {"tier": "3", "reason": "pay_and_appraisal", "sentence": "It names what somebody earns."}
    status, _ = await wu.post(
        f"/requests/{number}/updates", kind="reply", body=f"赵 earns {SALARY}, so at most that.", word="answer", **shut
    )
    assert status == 303
    return number


async def asks_for_access(meng: Seat, number: int) -> int:
    await meng.go(f"/requests/{number}")
    marker = meng.page.locator(".marker")
    await expect(marker).to_contain_text(meng.t("disclosure.reason_pay_and_appraisal"))
    await expect(meng.page.locator("main")).not_to_contain_text(SALARY)
    assert await faults(meng.page, ALL_LOOKS, opened=False) == []
    await marker.get_by_role("link", name=meng.t("web.ask_for_access")).click()
    assert await faults(meng.page, ALL_LOOKS, opened=False) == []
    await meng.press("access.ask_send")
    await expect(meng.page.locator("#why-error, #until-error").first).to_be_visible()
    await meng.page.get_by_label(meng.t("access.ask_why")).fill("I plan next year's budget.")
    await meng.page.get_by_label(meng.t("access.ask_until")).fill("2026-11-30")
    await meng.press("access.ask_send")
    await expect(meng.page.locator("#promise .promise__word")).to_contain_text("18:00")
    return int(re.findall(r"/requests/(\d+)", meng.page.url)[0])


async def gives_an_extract(wu: Seat, asked: int) -> None:
    await wu.go(f"/requests/{asked}")
    await wu.page.get_by_role("link", name=wu.t("tickets.access_panel")).click()
    await expect(wu.page.locator("#grant-refs")).to_contain_text(SALARY)
    assert await faults(wu.page, ALL_LOOKS, opened=False) == []
    form = wu.page.locator("form[action$=extract]")
    await form.locator("#extract-body").fill(f"The band is {BAND}.")
    await form.locator("#extract-tier").select_option("1")
    await form.locator("#extract-why").fill("No person is named.")
    await wu.press("access.extract_send")
    await expect(wu.page.locator("#timeline")).to_contain_text(wu.t("access.outcome_extract_below"))


async def reads_the_extract_only(meng: Seat, number: int) -> None:
    await meng.go(f"/requests/{number}")
    extract = meng.page.locator(".line", has_text=BAND)
    await expect(extract).to_contain_text(meng.t("tickets.label_extract"))
    await expect(meng.page.locator("main")).not_to_contain_text(SALARY)
    await expect(meng.page.locator(".marker")).to_have_count(1)


async def says_not_yet(meng: Seat, asked: int) -> None:
    await meng.go(f"/requests/{asked}")
    status, _ = await meng.post(f"/requests/{asked}/reopening", reason="I need the figure itself.")
    assert status == 303


async def grants(wu: Seat, asked: int, until: str) -> None:
    await wu.go(f"/requests/{asked}/access")
    form = wu.page.locator("form[action$=grant]")
    await form.locator("#grant-until").fill(until)
    await form.locator("#grant-reason").fill("The budget needs the figure.")
    await wu.press("access.give_send", form)
    await expect(wu.page.locator("#timeline")).to_contain_text("The budget needs the figure.")


async def reads_it_all(meng: Seat, number: int) -> None:
    await meng.go(f"/requests/{number}")
    await expect(meng.page.locator("#timeline")).to_contain_text(SALARY)
    await expect(meng.page.locator(".marker")).to_have_count(0)


async def looks_at_the_lists(meng: Seat, wu: Seat, number: int) -> None:
    await meng.go("/access")
    await expect(meng.page.locator(".rows")).to_contain_text("The budget needs the figure.")
    assert await faults(meng.page, ALL_LOOKS, opened=False) == []
    await wu.go(f"/requests/{number}/grants")
    await expect(wu.page.locator(".rows")).to_contain_text("孟凡")
    assert await faults(wu.page, ALL_LOOKS, opened=False) == []


async def it_is_open(zhao: Seat, number: int) -> None:
    """The worker finds by itself that the term is over."""

    async def look() -> None:
        await zhao.go(f"/requests/{number}")
        await expect(zhao.page.locator("#timeline")).to_contain_text(SALARY, timeout=500)

    for _ in range(OPENING // 1000):
        with suppress(AssertionError):
            await look()
            return
        await zhao.page.wait_for_timeout(500)
    await look()
