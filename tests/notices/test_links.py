"""What is done between two requests, and to a file, is told like everything else."""

import asyncpg

from desk import db
from desk.notices import queries
from desk.tickets import actions as tickets
from tests.firm import Firm
from tests.notices.test_notices import worker_runs
from tests.site import Site
from tests.tickets.test_linking import together, wu_links


async def faults(root: asyncpg.Connection) -> list[str]:
    return [row["fault"] for row in await root.fetch("select fault from errands where fault is not null")]


async def test_a_link_and_a_merge_are_told_and_stand_on_the_page(
    firm: Firm, site: Site, superuser: asyncpg.Connection
) -> None:
    goes, stays = await firm.lin_asks_for("the flight"), await firm.lin_asks_for("the flight again")
    await wu_links(firm, goes, stays)
    await together(firm, firm.wu, tickets.merge, goes, stays)
    await worker_runs(superuser)

    assert await faults(superuser) == []
    async with db.acting_as(firm.lin, writing=False):
        told = [one.tag.value for one in await queries.told()]
    assert {"request_linked", "request_merged"} <= set(told)
    page = await (await site.browser("lin")).get("/notices")
    assert page.status_code == 200
    assert f"#{goes}" in page.text
