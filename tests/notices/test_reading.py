"""A notice is read when its request was seen, and by no GET."""

import re

import asyncpg
import pytest

from desk import db
from desk.notices import queries
from tests.firm import Firm
from tests.notices.test_notices import worker_runs
from tests.site import Site


async def unread(firm: Firm) -> int:
    async with db.acting_as(firm.wu, writing=False):
        return await queries.unread()


@pytest.fixture
async def numbers(firm: Firm, superuser: asyncpg.Connection) -> list[int]:
    """Of two requests that wu is told of."""
    numbers = [await firm.lin_asks_for(title) for title in ("a laptop", "a desk")]
    await worker_runs(superuser)
    return numbers


async def test_the_page_of_a_request_in_sight_reads_its_notices(site: Site, firm: Firm, numbers: list[int]) -> None:
    wu = await site.browser("wu")
    page = wu.page
    answers = []
    for _ in range(2):
        wu.page = page
        answers.append(await wu.post("/notices/reading", request=str(numbers[0])))

    assert [answer.status_code for answer in answers] == [200, 204]
    assert await unread(firm) == 1


async def test_a_get_reads_no_notice(site: Site, firm: Firm, numbers: list[int]) -> None:
    wu = await site.browser("wu")
    for path in ("/notices", "/notices/unread", f"/requests/{numbers[0]}"):
        await wu.get(path)

    assert await unread(firm) == 2


async def test_all_are_read_with_the_button(site: Site, firm: Firm, numbers: list[int]) -> None:
    wu = await site.browser("wu")
    assert (await wu.post("/notices/reading")).headers["location"] == "/notices"
    assert await unread(firm) == 0


async def test_a_hidden_request_and_one_never_issued_are_read_alike(site: Site, firm: Firm) -> None:
    hidden = await firm.files(firm.lin, "my pay", service="payroll")
    zhao = await site.browser("zhao")
    page = zhao.page
    answers = []
    for number in (hidden, 987654):
        zhao.page = page
        answers.append(await zhao.post("/notices/reading", request=str(number)))

    assert [(answer.status_code, answer.text) for answer in answers] == [(204, "")] * 2


async def test_the_list_goes_on_where_a_page_ended_and_shows_no_id(
    site: Site, firm: Firm, superuser: asyncpg.Connection, numbers: list[int]
) -> None:
    await superuser.execute(
        "insert into notices (person, entry, ticket, subject, tag, at, audience)"
        " select person, -n, ticket, subject, tag, at, audience"
        "   from (select * from notices where person = $1 limit 1) one, generate_series(1, 60) n",
        firm.wu.person,
    )
    wu = await site.browser("wu")
    following = re.search(r"/notices\?after=([\w-]+)", (await wu.get("/notices")).text)
    assert following is not None
    assert not following[1].isdecimal()
    assert (await wu.get(following[0])).text.count("row--word") == 12


@pytest.mark.parametrize("after", ["17", "x", "é"])
async def test_a_place_that_was_made_up_is_refused(site: Site, after: str) -> None:
    assert (await (await site.browser("wu")).get("/notices", params={"after": after})).status_code == 422
