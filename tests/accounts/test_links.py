"""An administrator makes a link and hands it over; it works once, for a while."""

import hashlib
import re

import pytest

from desk import db
from desk.accounts import actions as accounts
from desk.i18n import Forbidden
from tests.accounts.conftest import PASSWORD, Browser
from tests.firm import Firm

NEW = "eleven grey herons wait"


async def link(firm: Firm, kind: str = "invitation", whom: str = "wu") -> str:
    async with db.acting_as(firm.admin):
        return f"/links/{await accounts.make_link(firm.people[whom].person or 0, kind)}"


async def test_an_invited_colleague_sets_a_password_and_is_signed_in(browser: Browser, firm: Firm) -> None:
    path = await link(firm)
    assert "吴桐" in (await browser.get(path)).text
    answer = await browser.post(path, password=NEW, password_again=NEW)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "wu" in (await browser.get("/profile")).text


async def test_a_link_works_once(browser: Browser, other_browser: Browser, firm: Firm) -> None:
    path = await link(firm)
    for one in (browser, other_browser):
        await one.get(path)
    assert (await browser.post(path, password=NEW, password_again=NEW)).status_code == 303
    assert (await other_browser.post(path, password=PASSWORD, password_again=PASSWORD)).status_code == 404
    assert (await other_browser.signs_in("wu", NEW)).status_code == 303


@pytest.mark.parametrize(("kind", "hours"), [("reset", 1), ("invitation", 7 * 24)])
async def test_a_link_ends(browser: Browser, firm: Firm, kind: str, hours: int) -> None:
    path = await link(firm, kind)
    firm.time.move(hours=hours, seconds=-1)
    assert (await browser.get(path)).status_code == 200
    firm.time.move(seconds=1)
    assert (await browser.get(path)).status_code == 404


@pytest.mark.usefixtures("passwords")
async def test_a_reset_ends_every_session(browser: Browser, other_browser: Browser, firm: Firm) -> None:
    await browser.signs_in("lin")
    path = await link(firm, "reset", "lin")
    await other_browser.get(path)
    await other_browser.post(path, password=NEW, password_again=NEW)
    assert (await browser.get("/profile")).status_code == 303
    assert (await browser.signs_in("lin")).status_code == 422


@pytest.mark.usefixtures("passwords")
async def test_the_session_that_a_browser_had_before_ends(browser: Browser, other_browser: Browser, firm: Firm) -> None:
    await browser.signs_in("lin")
    other_browser.holds(browser.session)
    path = await link(firm)
    await browser.get(path)
    await browser.post(path, password=NEW, password_again=NEW)
    assert "wu@example.cn" in (await browser.get("/profile")).text
    assert (await other_browser.get("/profile")).status_code == 303


async def test_a_weak_password_is_said_and_the_link_still_works(browser: Browser, firm: Firm) -> None:
    path = await link(firm)
    await browser.get(path)
    answer = await browser.post(path, password="password1234", password_again="password1234")
    assert answer.status_code == 422
    assert "太容易被猜到" in answer.text
    assert (await browser.post(path, password=NEW, password_again=NEW)).status_code == 303


async def test_only_administrators_make_links(firm: Firm) -> None:
    async with db.acting_as(firm.qian):
        with pytest.raises(Forbidden, match="only administrators"):
            await accounts.make_link(firm.wu.person or 0, "reset")


async def test_three_links_in_an_hour_are_enough(firm: Firm) -> None:
    for _ in range(3):
        await link(firm)
    with pytest.raises(Exception, match="three were made"):
        await link(firm)
    firm.time.move(minutes=61)
    await link(firm)


async def test_only_the_hash_of_a_link_is_kept(firm: Firm) -> None:
    path = await link(firm)
    rows = await firm.rows(firm.admin, "select secret from links")
    assert [row["secret"] for row in rows] == [hashlib.sha256(path.removeprefix("/links/").encode()).digest()]


@pytest.mark.usefixtures("passwords")
async def test_an_administrator_reads_the_link_once_on_the_page(browser: Browser, other_browser: Browser) -> None:
    await browser.signs_in("admin")
    await browser.get("/people/wu")
    answer = await browser.post("/people/wu/links", kind="invitation")
    found = re.search(r'value="http://[^/]+(/links/[\w-]+)"', answer.text)
    assert found is not None
    assert (await other_browser.get(found[1])).status_code == 200
