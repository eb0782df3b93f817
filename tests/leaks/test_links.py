"""That a request is linked to one that may not be read changes nothing of what is read of it, whichever way it is linked."""

from typing import Any

import asyncpg
import pytest

from desk import clock, db
from desk.tickets import actions as tickets
from desk.tickets.queries import cases
from tests.firm import Firm
from tests.leaks.test_leaks import READERS, World, _plain, world

__all__ = ["world"]
PATHS = (
    "/requests/{}", "/requests/{}/links", "/requests/{}/links?q=BX&other=987654", "/api/requests/{}",
    "/api/requests/{}/links", "/notices", "/notices/unread", "/desk", "/queue?state=all&department=all",
)  # fmt: skip


async def _seen(world: World, login: str) -> dict[str, Any]:
    browser, program = await world.site.browser(login), await world.site.program(login)
    asked = [path.format(world.number) for path in PATHS]
    return {path: _plain(await (program if path.startswith("/api") else browser.http).get(path)) for path in asked}


async def _link(firm: Firm, *numbers: int, word: str) -> None:
    async with db.acting_as(firm.han):
        at = clock.now()
        await tickets.link(*await cases.both(*numbers, at=at), word, at=at)


@pytest.mark.parametrize("login", [*READERS, "wu"])
async def test_a_hidden_or_sealed_other_end_changes_nothing(world: World, firm: Firm, login: str) -> None:
    before = await _seen(world, login)
    for hidden in (world.payroll, world.sealed):
        await _link(firm, world.number, hidden, word="turned_blocks")
        await _link(firm, hidden, world.number, word="duplicates")

    assert await _seen(world, login) == before


async def test_who_reads_both_ends_sees_that_they_are_linked(world: World, firm: Firm) -> None:
    await _link(firm, world.number, world.payroll, word="relates")

    lin = await world.site.program("lin")
    [link] = (await lin.get(f"/api/requests/{world.number}/links")).json()["links"]
    assert link["number"] == world.payroll


async def test_no_row_tells_of_a_link_whose_other_end_is_shut(
    world: World, firm: Firm, superuser: asyncpg.Connection
) -> None:
    await _link(firm, world.number, world.payroll, word="relates")

    assert await superuser.fetchval("select count(*) from entries where subject like 'relation:%'") == 2
    for who in (firm.zhao, firm.wu, firm.guest, firm.admin):
        assert await firm.rows(who, "select from entries where subject like 'relation:%'") == []
        assert await firm.rows(who, "select from relations") == []
