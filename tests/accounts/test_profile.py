"""One's own language, absence, sessions."""

import re

import pytest

from desk import clock, db
from desk.directory import queries as directory
from tests.accounts.conftest import Browser
from tests.firm import Firm

pytestmark = pytest.mark.usefixtures("passwords")


async def test_the_chosen_language_holds_on_every_page(browser: Browser) -> None:
    await browser.signs_in("lin")
    await browser.post("/profile", language="en", theme="dark", zone="Europe/Berlin")
    page = (await browser.get("/people")).text
    assert '<html lang="en" data-theme="dark">' in page


async def test_a_changed_habit_stands_in_the_journal_for_oneself_only(browser: Browser, firm: Firm) -> None:
    await browser.signs_in("lin")
    await browser.post("/profile", language="en", theme="dark", zone="Europe/Berlin")
    told = []
    for reader in (firm.lin, firm.wu):
        async with db.acting_as(reader, writing=False):
            told.append(await db.call("select count(*) from entries where tag = 'settings_changed'"))
    assert told == [1, 0]


async def test_the_menu_changes_the_language_and_comes_back(browser: Browser) -> None:
    await browser.signs_in("lin")
    browser.http.headers["referer"] = "http://127.0.0.1:8000/people?search=wu"
    answer = await browser.post("/profile/language", language="en")
    assert answer.headers["location"] == "/people?search=wu"


async def test_an_unknown_zone_is_said_and_the_words_stay(browser: Browser) -> None:
    await browser.signs_in("lin")
    answer = await browser.post("/profile", zone="Mars/Olympus")
    assert answer.status_code == 422
    assert 'value="Mars/Olympus"' in answer.text
    assert "没有这个时区" in answer.text


async def test_a_person_ends_a_session_elsewhere(browser: Browser, other_browser: Browser) -> None:
    await browser.signs_in("lin")
    await other_browser.signs_in("lin")
    marks = re.findall(r"/profile/sessions/(\w{16})/end", (await browser.get("/profile")).text)
    await browser.post(f"/profile/sessions/{marks[0]}/end")
    assert (await browser.get("/profile")).status_code == 200
    assert (await other_browser.get("/profile")).status_code == 303


async def test_nobody_ends_the_session_of_somebody_else(browser: Browser, other_browser: Browser, firm: Firm) -> None:
    await browser.signs_in("lin")
    await other_browser.signs_in("admin")
    rows = await firm.rows(firm.admin, "select encode(substr(secret, 1, 8), 'hex') as mark from sessions")
    for row in rows:
        await browser.post(f"/profile/sessions/{row['mark']}/end")
    assert (await other_browser.get("/profile")).status_code == 200


async def test_an_absence_names_a_deputy(browser: Browser, firm: Firm) -> None:
    await browser.signs_in("lin")
    answer = await browser.post("/profile/absence", since="2026-11-20T15:00", until="2026-11-23T18:00", deputy="meng")
    assert answer.status_code == 303
    firm.time.move(minutes=1)
    async with db.acting_as(firm.lin, writing=False):
        assert await directory.deputy(firm.lin.person or 0, clock.now()) == firm.meng.person


async def test_an_unknown_deputy_is_said_at_the_field(browser: Browser) -> None:
    await browser.signs_in("lin")
    answer = await browser.post("/profile/absence", since="2026-11-20T15:00", until="2026-11-23T18:00", deputy="nobody")
    assert answer.status_code == 422
    assert "没有登录名是“nobody”的人" in answer.text


async def test_a_sign_in_is_the_persons_own_entry(browser: Browser, firm: Firm) -> None:
    await browser.signs_in("lin")
    own = "select tag from entries where tag = 'signed_in'"
    assert len(await firm.rows(firm.lin, own)) == 1
    assert await firm.rows(firm.admin, own) == []
