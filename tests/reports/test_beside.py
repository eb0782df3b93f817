"""What stands beside the lists of a report is the same whatever they are asked for: asking finds nothing of a request."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from desk import clock, db
from desk.db import Reader
from desk.directory import actions as directory
from desk.disclosure.rules import Marker
from desk.reports.queries import beside
from desk.reports.queries.figures import Window
from desk.reports.queries.requests import BY_DEPARTMENT, What
from desk.sla.rules.kinds import Kind
from desk.tickets import actions as tickets
from desk.tickets.actions.updates import Shut
from tests.access.test_recusals import recuses
from tests.firm import SHANGHAI, Firm, local
from tests.reports.busy import Busy
from tests.site import Site

DAYS = (
    "", "from=2026-11-01&to=2026-11-30", "from=2026-11-20&to=2026-11-20", "from=2026-11-05&to=2026-11-06",
    "period=this_week",
)  # fmt: skip
NARROWED = (
    *(f"promises?kind={kind}" for kind in Kind),
    *(f"promises?service={service}" for service in ("payroll", "budget", "expenses")),
    *("promises?", "promises?failures=true", "promises?same_day=true", "promises?owed=overdue", "promises?owed=today"),
    *("promises?kind=first_reply&service=payroll&failures=true", "requests?what=backlog&other=within_1"),
    *(f"requests?what={what}&other=operations" for what in BY_DEPARTMENT),
    *(f"requests?what={what}" for what in What if what not in BY_DEPARTMENT),
    *("requests?what=resolved&other=payroll", "tabs/flow?", "promises.csv?", "promises.csv?kind=expectation"),
)
MARKER = re.compile(r'<li class="marker">.*?</li>', re.S)
ASK = re.compile(r"/access/ask\?of=[\w.-]+")
FEW = (
    *("promises?kind=first_reply", "promises?service=payroll&failures=true", "promises?same_day=true"),
    "promises.csv?kind=first_reply",
)
UNREAD = re.compile(r"其中(\d+)件是关于您不能看的")


@pytest.fixture
async def above(firm: Firm) -> None:
    """赵 stands above 韩, the head of human resources."""
    async with db.acting_as(db.NOBODY):
        await directory.set_head(firm.hr, firm.han.person)
        await directory.set_superior(firm.han.person, firm.zhao.person)


async def _strips(site: Site, login: str, of: str) -> dict[str, tuple[str, ...]]:
    """What of markers stands on each page that somebody may ask for."""
    browser, found = await site.browser(login), {}
    for path in (f"/reports/{of}?", *(f"/reports/{of}/{path}" for path in NARROWED)):
        for days in DAYS:
            answer = await browser.http.get(f"{path}&{days}")
            assert answer.status_code == 200, path
            found[f"{path}&{days}"] = _markers(answer.text, csv_file=".csv" in path)
    return found


def _markers(text: str, *, csv_file: bool) -> tuple[str, ...]:
    if not csv_file:
        return tuple(re.sub(r"<[^>]+>|\s", "", ASK.sub("", one)) for one in MARKER.findall(text))
    rows = list(csv.reader(io.StringIO(text)))
    return tuple(row[1] for row in rows if not row[0] and "·" in row[1])


def _same(strips: dict[str, tuple[str, ...]]) -> set[int]:
    """How many markers: the same everywhere, pages and files each in their words."""
    for csv_file in (True, False):
        assert len({strip for path, strip in strips.items() if (".csv" in path) is csv_file}) == 1
    return {len(strip) for strip in strips.values()}


async def _change(root: asyncpg.Connection, number: int) -> None:
    """The hidden request is about another service, asked by another department, owed and answered otherwise."""
    await root.execute("set session_replication_role = replica")
    await root.execute(
        """
        with t as (update tickets set service = (select id from services where code = 'anything'), priority = 'critical',
                          requesting_department = (select id from departments where code = 'legal') where number = $1 returning id)
        update promises p set kind = 'expectation', state = 'kept', settled_at = p.started_at from t where p.ticket = t.id
        """,
        number,
    )
    await root.execute("set session_replication_role = origin")


@pytest.mark.usefixtures("above")
async def test_no_filter_and_no_day_finds_a_hidden_request(
    firm: Firm, site: Site, superuser: asyncpg.Connection
) -> None:
    number = await firm.lin_asks_for("my salary", service="payroll")
    await firm.time_passes_until("2026-11-23 11:00")
    one = await _strips(site, "zhao", "hr")
    await _change(superuser, number)

    assert _same(one) == {1}
    assert await _strips(site, "zhao", "hr") == one


async def test_whoever_is_recused_finds_no_more_by_heading_the_department(
    firm: Firm, site: Site, superuser: asyncpg.Connection
) -> None:
    number = await firm.lin_asks_for("about 钱", service="budget")
    assert await firm.reads(firm.qian, number)
    await recuses(firm, firm.qian, number, firm.qian)
    await firm.time_passes_until("2026-11-23 11:00")
    one = await _strips(site, "qian", "finance")
    await _change(superuser, number)

    assert not await firm.reads(firm.qian, number)
    assert _same(one) == {1}
    assert await _strips(site, "qian", "finance") == one


@pytest.mark.usefixtures("above")
async def test_only_months_narrow_it(firm: Firm) -> None:
    """Filed on 20 November, due on the same day, still there in December; not in October."""
    await firm.lin_asks_for("my salary", service="payroll")
    await firm.time_passes_until("2026-12-02 11:00")

    assert [await _marked(firm.zhao, firm.hr, month) for month in (10, 11, 12)] == [0, 1, 1]


@pytest.mark.usefixtures("above")
async def test_no_marker_comes_or_goes_when_its_request_ends(firm: Firm) -> None:
    """Asked back in November, when it left the department's hands; given up in December."""
    number = await firm.lin_asks_for("my salary", service="payroll")
    await firm.does(firm.han, tickets.ask, number, "Which month?", Shut())
    await firm.time_passes_until("2026-12-02 11:00")
    before = [await _marked(firm.zhao, firm.hr, month) for month in (10, 11, 12)]
    await firm.lin_withdraws(number)
    await firm.time_passes_until("2026-12-02 12:00")

    assert [await _marked(firm.zhao, firm.hr, month) for month in (10, 11, 12)] == before == [0, 1, 1]


async def _marked(reader: Reader, department: int, month: int) -> int:
    async with db.acting_as(reader, writing=False):
        return len(await beside.markers(_month(department, month)))


def _month(of: int, month: int) -> Window:
    until = date(2026 + month // 12, month % 12 + 1, 1)
    return Window(of, local(f"2026-{month:02}-01 00:00"), local(f"{until} 00:00"), clock.now())


@pytest.mark.usefixtures("above")
async def test_a_list_says_how_many_it_does_not_show(firm: Firm, site: Site) -> None:
    for n in range(3):
        await firm.lin_asks_for(f"secret {n}", service="payroll")
    await firm.time_passes_until("2026-11-23 11:00")
    zhao, han = await site.browser("zhao"), await site.browser("han")
    for path in ("?", "/promises?", "/promises?failures=true&", "/promises?owed=overdue&", "/promises.csv?"):
        asked = f"/reports/hr{path}from=2026-11-01&to=2026-11-30"
        assert UNREAD.findall((await zhao.http.get(asked)).text) == ["3"], path
        assert UNREAD.findall((await han.http.get(asked)).text) == [], path
    few = [(await zhao.http.get(f"/reports/hr/{path}")).text for path in FEW]
    for n in range(2):
        await firm.lin_asks_for(f"more {n}", service="payroll")
    await firm.time_passes_until("2026-11-24 11:00")
    zhao = await site.browser("zhao")
    assert [UNREAD.findall(text) for text in few] == [[]] * len(FEW)
    assert all("3件" not in text and "计了3" not in text for text in few)
    assert [UNREAD.findall((await zhao.http.get(f"/reports/hr/{path}")).text) for path in FEW] == [["5"]] * len(FEW)


@pytest.mark.usefixtures("above")
async def test_more_than_a_hundred_markers_are_said_to_be_more(
    firm: Firm, site: Site, superuser: asyncpg.Connection
) -> None:
    for n in range(101):
        await firm.lin_asks_for(f"secret {n}", service="payroll")
    days = "update tickets set day = day - x.nth::integer from (select id, row_number() over (order by id) - 1 as nth from tickets) x where x.id = tickets.id"
    await superuser.execute(f"set session_replication_role = replica; {days}; set session_replication_role = origin")
    zhao = await site.browser("zhao")
    paths = [f"/reports/hr/{path}from=2026-11-01&to=2026-11-30" for path in ("promises?", "requests?", "promises.csv?")]
    told = [(await zhao.http.get(path)).text for path in paths]
    assert ["只列出最近的100个标记，还有更多" in text for text in told] == [True] * 3
    assert [len(MARKER.findall(text)) for text in told] == [100, 100, 0]

    await superuser.execute("update tickets set sealed = true where id = (select max(id) from tickets)")
    assert not ["还有更多" for path in paths if "还有更多" in (await zhao.http.get(path)).text]


_READABLE = "select 'ticket:' || id as item from tickets union all select 'update:' || id from updates"


@pytest.mark.parametrize("seed", [1, 2])
async def test_they_are_what_plain_loops_find(firm: Firm, superuser: asyncpg.Connection, seed: int) -> None:
    """赵 stands above 钱 and reads those for the budget that came through his department; every fifth is sealed."""
    await Busy(firm, superuser, seed).live()
    async with db.acting_as(db.NOBODY):
        await directory.set_superior(firm.qian.person, firm.zhao.person)
    sealed = "update tickets set sealed = true, tier = 3 where tier = 2 and id % 5 = 0"
    days = "update tickets set day = day - (id % 40)::integer where tier = 2"
    for change in (sealed, days):
        await superuser.execute(
            f"set session_replication_role = replica; {change}; set session_replication_role = origin"
        )
    seen = []
    for month in (10, 11, 12):
        async with db.acting_as(firm.zhao, writing=False):
            told = await beside.markers(_month(firm.finance, month))
            mine = {row["item"] for row in await db.fetch(_READABLE)}
        assert sorted(map(_facts, told)) == await _wanted(superuser, firm.finance, mine, month)
        seen.append(len(told))
    assert seen[0] == 0
    assert min(seen[1:]) > 2


def _facts(of: Marker) -> tuple[Any, ...]:
    return of.tier.value, of.owner_department, of.day, of.reason and of.reason.value, of.opens_on


async def _wanted(root: Any, department: int, readable: set[str], month: int) -> list[tuple[Any, ...]]:
    """From the rows themselves: whatever was due or at hand in that month, by the clock on the wall of Shanghai."""

    def within(at: datetime) -> bool:
        return f"{at.astimezone(SHANGHAI):%Y-%m}" == f"2026-{month}"

    async def all_of(table: str, ticket: int) -> list[Any]:
        column = "counts_for" if table == "promises" else "department"
        sql = f"select * from {table} where ticket = $1 and {column} = $2"  # noqa: S608
        return list(await root.fetch(sql, ticket, department))

    def overlaps(since: datetime, until: datetime | None) -> bool:
        """Whether something was there at any time of the month."""
        months = [at and f"{at.astimezone(SHANGHAI):%Y-%m}" for at in (since, until)]
        return months[0] <= f"2026-{month}" and (months[1] is None or months[1] >= f"2026-{month}")

    found = set()
    for row in await root.fetch("select * from tickets where not sealed"):
        owed = await all_of("promises", row["id"])
        due = [one for one in owed if within(one["counts_at"]) or overlaps(one["started_at"], one["settled_at"])]
        hops = [(hop["since"], hop["until"]) for hop in await all_of("hops", row["id"])]
        here = row["department"] == department and overlaps(row["filed_at"], row["ended_at"])
        if f"ticket:{row['id']}" not in readable:
            found |= {_of(row)} if due or here or any(map(within, _moments(hops))) else set()
            continue
        for one in due:
            words = await root.fetchrow("select * from updates where id = $1 and not sealed", one["of_update"])
            found |= {_of(words)} if words and f"update:{words['id']}" not in readable else set()
    return sorted(found)


def _of(row: Any) -> tuple[Any, ...]:
    return row["tier"], row["owner_department"], row["day"], row["reason"], row["opens_on"]


def _moments(hops: list[Any]) -> Iterator[datetime]:
    """Four a day, as long as a department had it."""
    for since, until in hops:
        at, end = since, until or clock.now() + timedelta(days=60)
        while at <= end:
            yield at
            at += timedelta(hours=6)
        yield end
