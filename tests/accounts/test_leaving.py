"""Leaving the company ends everything in one transaction."""

import asyncio
import contextvars
from datetime import timedelta

import asyncpg
import httpx
import pytest

from desk import clock, db
from desk.accounts import actions as accounts
from desk.i18n import Refused
from tests.accounts.conftest import PASSWORD, Browser
from tests.firm import Firm

pytestmark = pytest.mark.usefixtures("passwords")


async def test_whoever_leaves_is_out_everywhere(browser: Browser, program: httpx.AsyncClient, firm: Firm) -> None:
    await browser.signs_in("lin")
    lin = firm.lin.person or 0
    async with db.acting_as(firm.lin):
        held = {"Authorization": f"Bearer {await accounts.make_token(lin, 'report')}"}
    async with db.acting_as(firm.admin):
        await accounts.leave(lin)
    assert (await browser.get("/profile")).status_code == 303
    assert (await program.get("/api/me", headers=held)).status_code == 401
    assert (await browser.signs_in("lin", PASSWORD)).status_code == 422


async def test_whoever_leaves_holds_no_grant(firm: Firm, superuser: asyncpg.Connection) -> None:
    lin, at = firm.lin.person or 0, clock.now()
    insert = "insert into grants (person, item, since, until, by, why) values ($1, 'ticket:1', $2, $3, $1, '')"
    await superuser.execute(insert, lin, at, at + timedelta(days=30))
    async with db.acting_as(firm.admin):
        await accounts.leave(lin)
    assert await firm.rows(firm.admin, "select from grants where until > $1", at) == []


async def test_an_administrator_enters_it_on_the_page(browser: Browser) -> None:
    await browser.signs_in("admin")
    await browser.get("/people/lin")
    answer = await browser.post("/people/lin/departure")
    assert answer.headers["location"] == "/people/lin"
    page = (await browser.get("/people/lin")).text
    assert "已离职" in page
    assert "/people/lin/departure" not in page


async def test_a_change_of_roles_asks_for_a_new_sign_in(browser: Browser, other_browser: Browser) -> None:
    await browser.signs_in("admin")
    await other_browser.signs_in("lin")
    await browser.get("/people/lin")
    await browser.post("/people/lin/roles", roles=["auditor"])
    assert (await other_browser.get("/profile")).status_code == 303


async def test_ones_own_change_of_roles_gives_a_new_session(browser: Browser) -> None:
    await browser.signs_in("admin")
    before = browser.session
    await browser.get("/people/admin")
    await browser.post("/people/admin/roles", roles=["administrator", "hr"])
    assert browser.session != before
    assert (await browser.get("/profile")).status_code == 200


async def test_whoever_clicks_second_is_told_that_it_is_done(browser: Browser, other_browser: Browser) -> None:
    for one in (browser, other_browser):
        await one.signs_in("admin")
        await one.get("/people/lin")
    assert (await browser.post("/people/lin/departure")).status_code == 303
    answer = await other_browser.post("/people/lin/departure")
    assert answer.status_code == 409
    assert "就在刚才，别人改动了这里" in answer.text


async def test_whoever_enters_that_a_head_left_is_told_of_the_gap(browser: Browser) -> None:
    await browser.signs_in("admin")
    await browser.get("/people/qian")
    await browser.post("/people/qian/departure")
    assert "现在没有主管" in (await browser.get("/people/qian")).text


async def test_of_two_administrators_who_let_each_other_go_at_once_one_stays(firm: Firm) -> None:
    async with db.acting_as(firm.admin):
        await accounts.set_roles(firm.lin.person or 0, ["administrator"])

    async def lin_lets_admin_go() -> None:
        async with db.acting_as(firm.lin):
            await accounts.leave(firm.admin.person or 0)

    async with db.acting_as(firm.admin):
        await accounts.leave(firm.lin.person or 0)
        meanwhile = asyncio.create_task(lin_lets_admin_go(), context=contextvars.Context())
        await asyncio.sleep(0.3)
    with pytest.raises(Refused):
        await meanwhile
