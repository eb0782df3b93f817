"""A password that is set shuts every other way in: links, sessions, and after a link the tokens too."""

import asyncio

import httpx
import pytest

from desk import db
from desk.accounts import actions as accounts
from desk.i18n import Refused
from tests.accounts.conftest import PASSWORD, Browser
from tests.firm import Firm

pytestmark = pytest.mark.usefixtures("passwords")
NEW = "eleven grey herons wait"
FROM = {"address": "", "browser": ""}


async def links(firm: Firm, *kinds: str) -> list[str]:
    async with db.acting_as(firm.admin):
        return [await accounts.make_link(firm.lin.person or 0, kind) for kind in kinds]


async def token(firm: Firm) -> dict[str, str]:
    async with db.acting_as(firm.lin):
        return {"Authorization": f"Bearer {await accounts.make_token(firm.lin.person or 0, 'report')}"}


async def accept(firm: Firm, secret: str) -> None:
    async with db.acting_as(firm.lin):
        await accounts.accept(secret, NEW, **FROM)


async def test_a_link_that_was_used_uses_up_the_others(browser: Browser, firm: Firm) -> None:
    first, *others = await links(firm, "reset", "reset", "reset")
    await accept(firm, first)
    assert [(await browser.get(f"/links/{other}")).status_code for other in others] == [404, 404]


async def test_a_changed_password_uses_up_the_links(browser: Browser, other_browser: Browser, firm: Firm) -> None:
    [link] = await links(firm, "reset")
    await browser.signs_in("lin")
    await browser.post("/profile/password", old_password=PASSWORD, password=NEW, password_again=NEW)
    await other_browser.get("/login")
    answer = await other_browser.post(f"/links/{link}", password=PASSWORD, password_again=PASSWORD)
    assert answer.status_code == 404


async def test_a_password_set_by_the_operator_uses_up_the_links_and_ends_the_sessions(
    browser: Browser, firm: Firm
) -> None:
    [link] = await links(firm, "reset")
    await browser.signs_in("lin")
    async with db.acting_as(db.NOBODY):
        await accounts.set_password(firm.lin.person or 0, NEW)
    assert (await browser.get("/profile")).status_code == 303
    assert (await browser.get(f"/links/{link}")).status_code == 404


async def test_the_links_of_others_stay(browser: Browser, firm: Firm) -> None:
    async with db.acting_as(firm.admin):
        link = await accounts.make_link(firm.wu.person or 0, "invitation")
    await accept(firm, *await links(firm, "reset"))
    assert (await browser.get(f"/links/{link}")).status_code == 200


async def test_whoever_comes_in_by_a_link_has_no_token_left(program: httpx.AsyncClient, firm: Firm) -> None:
    held = await token(firm)
    assert (await program.get("/api/me", headers=held)).status_code == 200
    await accept(firm, *await links(firm, "reset"))
    assert (await program.get("/api/me", headers=held)).status_code == 401
    assert "token_ended" in [row["tag"] for row in await firm.rows(firm.lin, "select tag from entries")]


async def test_a_changed_password_keeps_the_tokens_and_shows_them(
    browser: Browser, program: httpx.AsyncClient, firm: Firm
) -> None:
    held = await token(firm)
    await browser.signs_in("lin")
    await browser.post("/profile/password", old_password=PASSWORD, password=NEW, password_again=NEW)
    assert (await program.get("/api/me", headers=held)).status_code == 200
    page = (await browser.get("/profile")).text
    assert "令牌仍然有效" in page
    assert "report" in page


async def test_of_two_links_at_once_one_sets_the_password(firm: Firm) -> None:
    pair = await links(firm, "reset", "reset")
    ends = await asyncio.gather(*(accept(firm, link) for link in pair), return_exceptions=True)
    assert [type(end) for end in ends if end] == [Refused]


async def test_a_password_that_was_reset_while_it_was_looked_at_opens_nothing(firm: Firm) -> None:
    async with db.acting_as(db.NOBODY):
        attempt = await accounts.try_to_sign_in("lin", "10.0.0.7")
    assert await accounts.is_right(attempt, PASSWORD)
    await accept(firm, *await links(firm, "reset"))
    with pytest.raises(Refused, match="password is wrong"):
        async with db.acting_as(firm.lin):
            await accounts.sign_in(attempt, PASSWORD, before=None, **FROM)
