"""Signing in: a new session each time, few tries, nothing said about who exists."""

import hashlib

import pytest

from desk import clock, db
from desk.accounts import actions as accounts
from desk.accounts.rules.access import source
from desk.web.security import safe_next
from tests.accounts.conftest import PASSWORD, Browser
from tests.firm import Firm

pytestmark = pytest.mark.usefixtures("passwords")


async def test_whoever_has_not_signed_in_is_led_to_the_sign_in_page_and_back(browser: Browser) -> None:
    answer = await browser.get("/people?search=wu")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=/people%3Fsearch%3Dwu")
    await browser.get(answer.headers["location"])
    answer = await browser.post("/session", login="lin", password=PASSWORD, next="/people?search=wu")
    assert (answer.status_code, answer.headers["location"]) == (303, "/people?search=wu")


async def test_lin_signs_in_by_login_or_by_address(browser: Browser, other_browser: Browser) -> None:
    assert (await browser.signs_in("LIN")).status_code == 303
    assert (await other_browser.signs_in("lin@example.cn")).status_code == 303


async def test_a_wrong_password_and_an_unknown_login_get_the_same_words(
    browser: Browser, other_browser: Browser
) -> None:
    wrong = await browser.signs_in("lin", "not my password at all")
    unknown = await other_browser.signs_in("nobody", "not my password at all")
    assert wrong.status_code == unknown.status_code == 422
    assert "登录名或密码不对" in wrong.text
    assert _without(wrong.text, browser, "lin") == _without(unknown.text, other_browser, "nobody")


def _without(text: str, browser: Browser, login: str) -> str:
    return text.replace(browser.token, "").replace(f'value="{login}"', "")


async def test_a_planted_session_id_is_not_taken_over(browser: Browser) -> None:
    browser.holds("planted-by-somebody-else")
    await browser.signs_in("lin")
    assert browser.session not in (None, "planted-by-somebody-else")


async def test_signing_in_again_ends_the_session_before(browser: Browser, other_browser: Browser) -> None:
    await browser.signs_in("lin")
    before = browser.session
    await browser.post("/session", login="lin", password=PASSWORD)
    assert browser.session != before
    other_browser.holds(before)
    assert (await other_browser.get("/profile")).status_code == 303


async def test_only_the_hash_of_a_session_is_kept(browser: Browser, firm: Firm) -> None:
    await browser.signs_in("lin")
    rows = await firm.rows(firm.admin, "select secret from sessions")
    assert [row["secret"] for row in rows] == [hashlib.sha256((browser.session or "").encode()).digest()]


WRONG = "not my password at all"


async def test_the_sixth_try_within_a_quarter_of_an_hour_is_refused(browser: Browser, firm: Firm) -> None:
    for _ in range(5):
        assert (await browser.signs_in("lin", WRONG)).status_code == 422
    assert (await browser.signs_in("LIN")).status_code == 429
    firm.time.move(minutes=16)
    assert (await browser.signs_in("lin")).status_code == 303


async def test_login_and_address_of_one_person_share_their_tries(browser: Browser, firm: Firm) -> None:
    for account in ("lin", "lin@example.cn", "lin", "lin@example.cn", "lin"):
        assert (await browser.signs_in(account, WRONG)).status_code == 422
    assert (await browser.signs_in("lin@example.cn")).status_code == 422
    firm.time.move(minutes=16)
    assert (await browser.signs_in("lin@example.cn")).status_code == 303


async def test_from_outside_the_tries_do_not_tell_who_exists(browser: Browser, other_browser: Browser) -> None:
    told = []
    for one, name in ((browser, "lin"), (other_browser, "nobody")):
        tried = [name] * 6 + [name.upper()] + [f"{name}@example.cn"] * 6
        answers = [(account, await one.signs_in(account, WRONG)) for account in tried]
        told.append([(a.status_code, _without(a.text, one, account), len(a.headers)) for account, a in answers])
    assert told[0] == told[1]
    assert [status for status, *_ in told[0]] == [422] * 5 + [429] * 2 + [422] * 5 + [429]


async def test_a_try_writes_as_much_for_nobody_as_for_somebody(firm: Firm) -> None:
    kept = []
    for account in ("lin", "nobody"):
        async with db.acting_as(db.NOBODY):
            await accounts.try_to_sign_in(account, "10.0.0.7")
            kept.append(await db.fetch("delete from attempts returning kind, address, good"))
    assert kept[0] == kept[1]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:7:7::1", "2001:db8:7:7:ffff::2", True),
        ("2001:db8:7:7::1", "2001:db8:7:8::1", False),
        ("10.0.0.7", "10.0.0.8", False),
        ("::ffff:10.0.0.7", "::ffff:10.0.0.8", False),
        ("unix", "", False),
    ],
)
def test_all_addresses_of_one_household_count_as_one(one: str, other: str, same: bool) -> None:
    assert (source(one) == source(other)) is same


async def test_fifty_tries_from_one_address_are_enough_for_an_hour(browser: Browser) -> None:
    async with db.acting_as(db.NOBODY):
        await db.fetch(
            """insert into attempts (kind, account, address, at, good)
               select 'login', 'somebody' || n, '10.0.0.7', $1, false from generate_series(1, 50) n""",
            clock.now(),
        )
    assert (await browser.signs_in("lin")).status_code == 429


async def test_a_session_ends_after_eight_idle_hours(browser: Browser, firm: Firm) -> None:
    await browser.signs_in("lin")
    firm.time.move(hours=7)
    assert (await browser.get("/profile")).status_code == 200
    firm.time.move(hours=8, minutes=1)
    assert (await browser.get("/profile")).status_code == 303


async def test_a_session_ends_after_seven_days_however_busy(browser: Browser, firm: Firm) -> None:
    await browser.signs_in("lin")
    for _ in range(27):
        firm.time.move(hours=6)
        assert (await browser.get("/profile")).status_code == 200
    firm.time.move(hours=7)
    assert (await browser.get("/profile")).status_code == 303


async def test_signing_out_ends_the_session(browser: Browser, other_browser: Browser) -> None:
    await browser.signs_in("lin")
    secret = browser.session
    assert (await browser.post("/logout")).headers["location"] == "/login"
    other_browser.holds(secret)
    assert (await other_browser.get("/profile")).status_code == 303


async def test_a_sign_in_without_the_forms_token_is_refused(browser: Browser) -> None:
    await browser.get("/login")
    answer = await browser.http.post("/session", data={"login": "lin", "password": PASSWORD})
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["//evil.cn", "https://evil.cn", "/\\evil.cn", "evil", ""])
async def test_after_signing_in_nobody_is_sent_to_another_site(browser: Browser, path: str) -> None:
    answer = await browser.signs_in("lin", next=path)
    assert answer.headers["location"] == safe_next(path) == "/"


async def test_the_sign_in_page_speaks_the_language_that_was_chosen(browser: Browser) -> None:
    assert "工作邮箱" in (await browser.get("/login")).text
    page = (await browser.get("/login?lang=en")).text
    assert "work address" in page
    assert 'action="/session?lang=en"' in page


async def test_the_language_chosen_before_signing_in_is_kept(browser: Browser) -> None:
    await browser.get("/login?lang=en")
    await browser.post("/session?lang=en", login="lin", password=PASSWORD)
    assert '<html lang="en"' in (await browser.get("/profile")).text


async def test_whoever_sends_a_form_after_the_session_is_over_is_told_and_led_back(
    browser: Browser, firm: Firm
) -> None:
    await browser.signs_in("lin")
    await browser.get("/profile")
    async with db.acting_as(firm.lin):
        await accounts.end_others(firm.lin.person, but=None)
    browser.http.headers["referer"] = "http://127.0.0.1:8000/requests/2041"
    answer = await browser.post("/profile/language", language="en")
    assert answer.headers["location"] == "/login?next=/requests/2041"
    assert "登录已过期，请重新登录" in (await browser.get(answer.headers["location"])).text


async def test_only_administrators_find_the_administration_in_their_menu(
    browser: Browser, other_browser: Browser
) -> None:
    await browser.signs_in("admin")
    await other_browser.signs_in("lin")
    assert 'href="/admin/services"' in (await browser.get("/profile")).text
    assert 'href="/admin/services"' not in (await other_browser.get("/profile")).text
