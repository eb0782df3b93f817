"""Reading out of the ordinary is told to the head of the department whose words they are, with the figures."""

import asyncpg
import pytest

from desk.access import jobs
from desk.disclosure.rules.unusual import MANY, Day, Why, unusual
from tests.firm import Firm, local
from tests.notices.test_notices import worker_runs
from tests.site import Site

_READ = """
insert into reads (person, ticket, portion, item, file, version, channel, ground, at, day, audience)
select $1, t.id, 'ticket:' || t.id || ':' || n, 'ticket:' || t.id || ':' || n, 0, 1, 'page', $3, $4, ($4::timestamptz at time zone 'Asia/Shanghai')::date, t.audience
  from tickets t, generate_series(1, $2) n
"""


async def reads(
    root: asyncpg.Connection, person: int | None, many: int, *, ground: str = "member", at: str = "2026-11-20 11:00"
) -> None:
    await root.execute(_READ, person, many, ground, local(at))


async def told(root: asyncpg.Connection) -> list[str]:
    return [row["why"] for row in await root.fetch("select why from unusual_reads order by id")]


@pytest.fixture
async def number(firm: Firm) -> int:
    """Owned by finance, read by somebody of legal."""
    return await firm.files(firm.lin, "the price", service="budget")


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (Day(found=MANY, usual=0, glass=False, first_grant_in_hours=None), []),
        (Day(found=MANY + 1, usual=0, glass=False, first_grant_in_hours=True), [Why.MANY]),
        (Day(found=60, usual=20, glass=False, first_grant_in_hours=None), []),
        (Day(found=61, usual=20, glass=False, first_grant_in_hours=None), [Why.MANY]),
        (Day(found=1, usual=9, glass=True, first_grant_in_hours=None), [Why.GLASS]),
        (Day(found=1, usual=9, glass=False, first_grant_in_hours=False), [Why.HOURS]),
    ],
)
def test_the_rule_errs_on_the_side_of_few(day: Day, why: list[Why]):
    assert unusual(day) == why


async def test_many_portions_of_another_department_are_told_once_a_day(
    firm: Firm, superuser: asyncpg.Connection, number: int
):
    await reads(superuser, firm.zhao.person, 21)

    assert [await jobs.weigh_reading() for _ in range(2)] == [1, 0]
    assert await told(superuser) == ["many"]


async def test_as_much_as_usual_is_not_told(firm: Firm, superuser: asyncpg.Connection, number: int):
    await reads(superuser, firm.zhao.person, 7, at="2026-11-12 11:00")
    await reads(superuser, firm.zhao.person, 21)

    assert await jobs.weigh_reading() == 0


@pytest.mark.parametrize(("who", "ground"), [("wu", "member"), ("zhao", "requester"), ("zhao", "author")])
async def test_ones_own_department_and_ones_own_words_are_nobodys_news(
    firm: Firm, superuser: asyncpg.Connection, number: int, who: str, ground: str
):
    await reads(superuser, firm.people[who].person, 50, ground=ground)

    assert await jobs.weigh_reading() == 0


async def test_a_broken_glass_is_told_at_once(firm: Firm, superuser: asyncpg.Connection, number: int):
    await reads(superuser, firm.zhao.person, 1, ground="glass")
    await jobs.weigh_reading()

    assert await told(superuser) == ["glass"]


@pytest.mark.parametrize(("hour", "why"), [("20:00", ["hours"]), ("11:00", [])])
async def test_a_grant_first_used_while_the_department_is_closed_is_told(
    firm: Firm, superuser: asyncpg.Connection, number: int, hour: str, why: list[str]
):
    firm.clock_says("2026-11-20 21:00")
    await reads(superuser, firm.zhao.person, 1, ground="grant", at=f"2026-11-20 {hour}")
    await jobs.weigh_reading()

    assert await told(superuser) == why


async def test_a_grant_that_was_used_before_is_no_news_at_night(firm: Firm, superuser: asyncpg.Connection, number: int):
    await reads(superuser, firm.zhao.person, 1, ground="grant", at="2026-11-19 11:00")
    await reads(superuser, firm.zhao.person, 1, ground="grant", at="2026-11-20 20:00")

    assert await jobs.weigh_reading(local("2026-11-20 21:00")) == 0


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-CN", "赵一鸣当天看了财务部的21段内容；之前30天里最多的一天看了0段。"),
        ("en", "赵一鸣 read 21 portions of Finance that day"),
    ],
)
async def test_the_head_gets_a_notice_that_leads_to_the_why(
    site: Site, firm: Firm, superuser: asyncpg.Connection, number: int, language: str, words: str
):
    await reads(superuser, firm.zhao.person, 21)
    await jobs.weigh_reading()
    await worker_runs(superuser)
    qian = await site.browser("qian", **{"accept-language": language})

    assert 'href="/unusual"' in (await qian.get("/notices")).text
    assert words in (await qian.get("/unusual")).text
    for login in ("wu", "zhao", "admin"):
        other = await site.browser(login)
        assert "赵一鸣" not in (await other.get("/unusual")).text.partition("<main")[2]
        assert 'href="/unusual"' not in (await other.get("/notices")).text


async def test_a_department_without_a_head_has_nobody_to_be_told(firm: Firm, superuser: asyncpg.Connection):
    await firm.files(firm.lin, "my pay", service="payroll")
    await reads(superuser, firm.zhao.person, 21, ground="grant")

    assert await jobs.weigh_reading() == 0
