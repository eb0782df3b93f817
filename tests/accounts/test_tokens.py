"""Tokens for programs: shown once, capped, ended."""

import hashlib
import re

import httpx
import pytest

from desk import db
from desk.accounts import actions as accounts
from desk.accounts.rules import check_token_writes
from desk.i18n import Forbidden, Invalid
from tests.accounts.conftest import Browser
from tests.firm import Firm

pytestmark = pytest.mark.usefixtures("passwords")


async def token(firm: Firm, **more: int | bool) -> dict[str, str]:
    async with db.acting_as(firm.lin):
        secret = await accounts.make_token(firm.lin.person or 0, "report", **more)  # type: ignore[arg-type]
    return {"Authorization": f"Bearer {secret}"}


async def test_a_program_asks_who_it_is(program: httpx.AsyncClient, firm: Firm) -> None:
    me = (await program.get("/api/me", headers=await token(firm))).json()
    assert (me["login"], me["department"]["code"], me["levels"]) == ("lin", "operations", {"operations": "member"})
    assert (me["highest_tier"], me["writes"]) == (1, True)


async def test_whoever_has_no_token_gets_problem_details(program: httpx.AsyncClient) -> None:
    answer = await program.get("/api/me")
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["Bearer dsk_wrong", "Basic bGluOmxpbg==", "Bearer", ""])
async def test_a_wrong_token_opens_nothing(program: httpx.AsyncClient, header: str) -> None:
    assert (await program.get("/api/me", headers={"Authorization": header})).status_code == 401


async def test_a_wrong_token_does_not_fall_back_to_the_cookie(browser: Browser) -> None:
    await browser.signs_in("lin")
    assert (await browser.get("/api/me")).status_code == 200
    assert (await browser.get("/api/me", headers={"Authorization": "Bearer dsk_x"})).status_code == 401


async def test_a_token_opens_no_page(program: httpx.AsyncClient, firm: Firm) -> None:
    assert (await program.get("/profile", headers=await token(firm))).status_code == 303


async def test_a_token_ends_on_its_day(program: httpx.AsyncClient, firm: Firm) -> None:
    held = await token(firm, days=2)
    firm.time.move(days=2, seconds=-1)
    assert (await program.get("/api/me", headers=held)).status_code == 200
    firm.time.move(seconds=1)
    assert (await program.get("/api/me", headers=held)).status_code == 401


async def test_a_token_never_reaches_above_its_tier(firm: Firm) -> None:
    async with db.acting_as(db.Reader(firm.lin.person, cap=1), writing=False):
        keys = await db.call("select reader_keys()")
    assert keys == ["everyone", "staff"]


def test_a_token_that_only_reads_changes_nothing() -> None:
    check_token_writes(False, "GET")
    with pytest.raises(Forbidden, match="may only read"):
        check_token_writes(False, "POST")


async def test_only_the_hash_of_a_token_is_kept(firm: Firm) -> None:
    secret = (await token(firm))["Authorization"].removeprefix("Bearer ")
    rows = await firm.rows(firm.admin, "select secret from tokens")
    assert [row["secret"] for row in rows] == [hashlib.sha256(secret.encode()).digest()]
    assert len(secret) >= 4 + 160 // 6


async def test_the_last_use_is_written_at_most_once_a_minute(program: httpx.AsyncClient, firm: Firm) -> None:
    held = await token(firm)
    await program.get("/api/me", headers=held)
    first = firm.time.at
    firm.time.move(seconds=59)
    await program.get("/api/me", headers=held)
    rows = await firm.rows(firm.admin, "select used_at from tokens")
    assert [row["used_at"] for row in rows] == [first]


@pytest.mark.parametrize("wish", [{"days": 366}, {"days": 0}, {"cap": 5}])
async def test_a_token_has_bounds(firm: Firm, wish: dict[str, int]) -> None:
    with pytest.raises(Invalid):
        await token(firm, **wish)


async def test_nobody_makes_a_token_for_somebody_else(firm: Firm) -> None:
    async with db.acting_as(firm.admin):
        with pytest.raises(Forbidden):
            await accounts.make_token(firm.lin.person or 0, "mine now")


async def test_a_token_is_made_and_ended_in_the_profile(browser: Browser, program: httpx.AsyncClient) -> None:
    await browser.signs_in("lin")
    page = (await browser.post("/profile/tokens", name="每周报表", cap="1", days="30")).text
    held = {"Authorization": f"Bearer {re.search(r'dsk_[-_0-9A-Za-z]+', page)[0]}"}  # type: ignore[index]
    assert (await program.get("/api/me", headers=held)).status_code == 200
    mark = re.search(r"/profile/tokens/(\w+)/end", (await browser.get("/profile")).text)[1]  # type: ignore[index]
    await browser.post(f"/profile/tokens/{mark}/end")
    assert (await program.get("/api/me", headers=held)).status_code == 401
