"""What climbs is told in the hours of whom it climbs to, and to whoever may not read it without a word of it."""

import re

import asyncpg
import httpx
import pytest

from desk import clock, db
from desk.directory import actions as directory
from desk.journal import actions as journal
from desk.notices import queries
from desk.sla.actions import calendars
from desk.sla.rules import sheet
from tests.firm import Firm, told
from tests.notices.test_notices import worker_runs
from tests.site import Site

_CLIMBED = """
select n.at, n.tag, n.ticket, n.subject from notices n where n.person = $1 and n.tag = 'escalated' order by n.id
"""
_ERRAND = """
select r.state, r.tries, r.next_at from errands r join entries e on e.id = r.entry
 where e.tag = 'escalated' and (e.data ->> 'recipient')::integer = $1
"""
BROKEN = "2026-11-20 18:01"  # a Friday: everybody but whoever works at night has gone home
MONDAY = "2026-11-23 09:00"


@pytest.fixture
async def order(firm: Firm) -> Firm:
    """吴 under 钱 under 赵: the first level of what 吴 lets pass is 吴's, the second 钱's, the third 赵's."""
    async with db.acting_as(firm.admin):
        await directory.set_superior(firm.wu.person, firm.qian.person)
        await directory.set_superior(firm.qian.person, firm.zhao.person)
    return firm


async def late(firm: Firm, root: asyncpg.Connection, **more: object) -> int:
    number = await firm.lin_asks_for("a taxi receipt", **more)
    await firm.wu_takes(number)
    await worker_runs(root)
    await firm.time_passes_until(BROKEN)
    await worker_runs(root)
    return number


async def climbed(firm: Firm, who: db.Reader) -> list[asyncpg.Record]:
    return await firm.rows(who, _CLIMBED, who.person)


async def unread(who: db.Reader) -> int:
    async with db.acting_as(who, writing=False):
        return await queries.unread()


async def keeps(firm: Firm, department: int, **hours: str) -> None:
    async with db.acting_as(firm.admin):
        await calendars.save(department, sheet.read(sheet.Sheet(tz="Asia/Shanghai", **hours)))


async def test_whoever_has_gone_home_is_told_when_the_department_opens(
    order: Firm, superuser: asyncpg.Connection
) -> None:
    await late(order, superuser)
    assert (await climbed(order, order.zhao), await unread(order.zhao)) == ([], 0)

    order.clock_says(MONDAY)
    await worker_runs(superuser)
    assert [told(one["at"]) for one in await climbed(order, order.zhao)] == [MONDAY]
    assert await unread(order.zhao) == 1


async def test_the_escalation_itself_fires_on_time(order: Firm, superuser: asyncpg.Connection) -> None:
    await late(order, superuser)
    rows = await order.rows(order.zhao, "select fired_at from escalations where recipient = $1", order.zhao.person)
    assert {told(row["fired_at"]) for row in rows} == {BROKEN}


async def test_an_errand_that_waits_for_the_morning_has_not_failed(order: Firm, superuser: asyncpg.Connection) -> None:
    await late(order, superuser)
    errand = await superuser.fetchrow(_ERRAND, order.zhao.person)
    assert (errand["state"], errand["tries"], told(errand["next_at"])) == ("waiting", 0, MONDAY)

    async with db.acting_as(db.NOBODY):
        assert await journal.claim(at=clock.now(), at_most=9) == []
        order.clock_says(MONDAY)
        assert len(await journal.claim(at=clock.now(), at_most=9)) >= 1


async def test_the_hours_are_those_of_the_recipients_department(order: Firm, superuser: asyncpg.Connection) -> None:
    await keeps(order, order.legal, fri="09:00-22:00")
    await late(order, superuser)
    assert [told(one["at"]) for one in await climbed(order, order.zhao)] == [BROKEN]
    assert await climbed(order, order.qian) == []


async def test_where_no_calendar_says_when_the_notice_goes_out_at_once(
    order: Firm, superuser: asyncpg.Connection
) -> None:
    async with db.acting_as(order.admin):
        lab = await directory.add_department("lab", "实验室", "Laboratory")
    await superuser.execute("update people set department = $1 where id = $2", lab, order.zhao.person)
    await superuser.execute("update errands set state = 'done'")
    await late(order, superuser)
    assert [told(one["at"]) for one in await climbed(order, order.zhao)] == [BROKEN]


async def test_other_notices_do_not_wait(order: Firm, superuser: asyncpg.Connection) -> None:
    number = await late(order, superuser)
    await order.wu_replies(number)
    await worker_runs(superuser)
    at = await order.rows(order.lin, "select at from notices where tag = 'reply_written'")
    assert [told(row["at"]) for row in at] == [BROKEN]


async def test_a_superior_who_may_not_read_it_is_told_that_something_climbed(
    site: Site, order: Firm, superuser: asyncpg.Connection
) -> None:
    number = await late(order, superuser, service="budget")
    order.clock_says(MONDAY)
    await worker_runs(superuser)
    page = (await (await site.browser("zhao", **{"accept-language": "en"})).get("/notices")).text.split("<main")[1]

    assert "Something of Finance that you may not read" in page
    assert 'href="/escalated"' in page
    assert [words for words in ("a taxi receipt", str(number), "09:00", "/requests/") if words in page] == []


async def test_such_a_notice_names_nothing_of_the_request(order: Firm, superuser: asyncpg.Connection) -> None:
    await late(order, superuser, service="budget")
    order.clock_says(MONDAY)
    await worker_runs(superuser)
    (notice,) = await climbed(order, order.zhao)

    assert notice["ticket"] is None
    assert [who for who in (order.qian, order.lin, order.admin) if await order.rows(
        who, "select from notices where subject = $1", notice["subject"])] == []  # fmt: skip


async def test_when_the_request_opens_to_them_the_notice_stays_theirs(
    order: Firm, superuser: asyncpg.Connection
) -> None:
    await late(order, superuser, service="budget")
    order.clock_says(MONDAY)
    await worker_runs(superuser)
    await superuser.execute("select relock_ticket(id) from tickets")

    assert len(await climbed(order, order.zhao)) == 1
    assert await unread(order.zhao) == 1


async def test_whoever_the_directory_does_not_let_in_any_more_reads_none(
    order: Firm, superuser: asyncpg.Connection
) -> None:
    await late(order, superuser, service="budget")
    order.clock_says(MONDAY)
    await worker_runs(superuser)
    await superuser.execute("update people set left_at = '2026-11-22' where id = $1", order.zhao.person)

    assert await climbed(order, order.zhao) == []


async def test_two_errands_tell_once(order: Firm, superuser: asyncpg.Connection) -> None:
    await late(order, superuser, service="budget")
    order.clock_says(MONDAY)
    for _ in range(2):
        await superuser.execute("update errands set state = 'waiting'")
        await worker_runs(superuser)
    assert len(await climbed(order, order.zhao)) == 1


async def test_what_the_request_says_changes_nothing_in_what_is_told(
    site: Site, order: Firm, superuser: asyncpg.Connection
) -> None:
    await late(order, superuser, service="budget")
    order.clock_says(MONDAY)
    await worker_runs(superuser)
    zhao = await site.browser("zhao")
    before = [main_of(await zhao.get(path)) for path in ("/notices", "/escalated")]
    await superuser.execute("update tickets set title = 'other', body = 'other', number = number + 5")

    assert [main_of(await zhao.get(path)) for path in ("/notices", "/escalated")] == before


def main_of(answer: httpx.Response) -> str:
    """Without the form's token, which is another one each time."""
    return re.sub(r'value="\w+"', "", answer.text.split("<main")[1].split("</main>")[0])
