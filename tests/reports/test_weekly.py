"""On Monday at half past eight 钱 gets a letter: how the week before went in finance, which she leads."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import asyncpg
import pytest

from desk import clock, db
from desk.directory import actions as directory
from desk.outbox import jobs as outbox
from desk.outbox.actions import choosing
from desk.outbox.rules.matters import Matter, Pace
from desk.reports import jobs
from desk.reports.rules import mondays
from desk.reports.rules.periods import Period
from desk.sla.actions import calendars
from desk.sla.rules import format as formats
from desk.sla.rules.compiled import Compiled
from desk.sla.rules.days import USUAL
from desk.sla.rules.sheet import Version
from tests.firm import WEEK, Firm
from tests.outbox.post import Server, every_word, listening, text

QIAN = "qian@example.cn"
_STUCK = "select l.pid from pg_locks l, pg_sleep(0.01) where not l.granted limit 1"
MONDAY, NEXT = date(2026, 11, 23), date(2026, 11, 30)


@pytest.fixture
def server(still: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with listening(monkeypatch) as server:
        yield server


def _calendar(zone: str = "Asia/Shanghai", *closed: str) -> Compiled:
    definition = WEEK | {"tz": zone, "holidays": list(closed)}
    return Compiled(formats.parse(definition), near=int(datetime(2026, 11, 20, tzinfo=UTC).timestamp()))


def _due(calendar: Compiled, monday: date = MONDAY) -> str | None:
    at = mondays.due(calendar, monday)
    return at and datetime.fromtimestamp(at, UTC).strftime("%a %H:%M")


def test_it_is_due_at_half_past_eight_of_the_departments_zone() -> None:
    assert _due(_calendar()) == "Mon 00:30"
    assert _due(_calendar("America/New_York")) == "Mon 13:30"


def test_after_a_closed_monday_it_is_due_when_the_first_open_day_opens() -> None:
    assert _due(_calendar("Asia/Shanghai", "2026-11-23")) == "Tue 01:00"
    assert _due(_calendar("Asia/Shanghai", "2026-11-23", "2026-11-24")) == "Wed 01:00"


def test_a_week_that_is_closed_has_no_letter_and_the_next_one_tells_of_it_too() -> None:
    closed = _calendar("Asia/Shanghai", *(f"2026-11-{day}" for day in range(23, 28)))

    assert _due(closed) is None
    assert _due(closed, NEXT) == "Mon 00:30"
    assert mondays.told(closed, NEXT) == Period(date(2026, 11, 16), date(2026, 11, 29))
    assert mondays.told(_calendar(), NEXT) == Period(MONDAY, date(2026, 11, 29))


async def _a_week_passes(firm: Firm) -> None:
    """One request that nobody answered, five that were answered on the day, one that is owed an answer on Monday."""
    await firm.lin_asks_for("a laptop")
    for n in range(5):
        await firm.wu_resolves(await firm.lin_asks_for(f"matter {n}"))
    firm.clock_says("2026-11-20 17:00")
    await firm.lin_asks_for("a desk")
    await firm.time_passes_until("2026-11-23 08:29")


async def test_on_monday_the_head_reads_how_the_week_went(firm: Firm, server: Server) -> None:
    await _a_week_passes(firm)
    assert await jobs.tell_the_week() == 0

    await firm.time_passes_until("2026-11-23 08:30")
    assert await jobs.tell_the_week() == 1
    await outbox.deliver()

    (letter,) = server.box(QIAN)
    assert letter["Subject"] == "财务部上周：6件中失约1件"
    for kind in ("plain", "html"):
        said = text(letter, kind)
        assert "6件中失约1件" in said
        assert "83.3% [43.6%–96.9%] n 6" in said
        assert "/reports/finance?from=2026-11-16&" in said.replace("&amp;", "&")
    assert "今天会到期的承诺：1" in text(letter)
    assert "已经逾期还没有办的承诺：1" in text(letter)
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "laptop" not in every_word(letter)
    assert server.box("wu@example.cn") == []


@pytest.mark.parametrize(
    ("language", "subject"),
    [("zh-CN", "财务部11月16日至11月29日：6件中失约1件"), ("en", "Finance, 16 Nov to 29 Nov: 1 failure of 6")],
)
async def test_after_a_closed_week_the_subject_names_the_days(
    firm: Firm, server: Server, superuser: asyncpg.Connection, language: str, subject: str
) -> None:
    closed = WEEK | {"holidays": [f"2026-11-{day}" for day in range(23, 28)]}
    async with db.acting_as(firm.admin):
        await calendars.save(firm.finance, Version(calendar=formats.parse(closed), cutoff=USUAL))
    await superuser.execute("update people set language = $2 where id = $1", firm.qian.person, language)
    await _a_week_passes(firm)
    assert await jobs.tell_the_week() == 0
    await firm.time_passes_until("2026-11-30 08:30")
    assert await jobs.tell_the_week() == 1
    await outbox.deliver()

    (letter,) = server.box(QIAN)
    assert letter["Subject"] == subject


async def test_it_comes_once_a_week(firm: Firm, server: Server) -> None:
    await _a_week_passes(firm)
    for moment in ("2026-11-23 08:30", "2026-11-23 08:31", "2026-11-27 17:00", "2026-11-30 08:29", "2026-11-30 08:30"):
        await firm.time_passes_until(moment)
        await jobs.tell_the_week()
    await outbox.deliver()

    assert len(server.box(QIAN)) == 2


async def test_it_is_written_in_the_heads_language(firm: Firm, server: Server, superuser: asyncpg.Connection) -> None:
    await superuser.execute("update people set language = 'en' where id = $1", firm.qian.person)
    await _a_week_passes(firm)
    await firm.time_passes_until("2026-11-23 08:30")
    await jobs.tell_the_week()
    await outbox.deliver()

    (letter,) = server.box(QIAN)
    assert letter["Subject"] == "Finance, last week: 1 failure of 6"
    assert "Promises that will break today: 1" in text(letter)


async def test_monday_begins_where_the_department_is(firm: Firm) -> None:
    async with db.acting_as(firm.admin):
        await calendars.save(
            firm.finance, Version(calendar=formats.parse(WEEK | {"tz": "Europe/Berlin"}), cutoff=USUAL)
        )
    await firm.time_passes_until("2026-11-23 15:29")
    assert await jobs.tell_the_week() == 0
    await firm.time_passes_until("2026-11-23 15:30")
    assert await jobs.tell_the_week() == 1


async def test_on_a_closed_monday_it_waits_for_tuesdays_opening(firm: Firm) -> None:
    await firm.closes_on(firm.finance, "2026-11-23")
    await firm.time_passes_until("2026-11-24 08:59")
    assert await jobs.tell_the_week() == 0
    await firm.time_passes_until("2026-11-24 09:00")
    assert await jobs.tell_the_week() == 1


async def test_two_workers_write_one_letter(firm: Firm, server: Server) -> None:
    await _a_week_passes(firm)
    await firm.time_passes_until("2026-11-23 08:30")

    written = await asyncio.gather(*(jobs.tell_the_week() for _ in range(4)))
    await outbox.deliver()

    assert sum(written) == 1
    assert len(server.box(QIAN)) == 1


async def test_a_worker_that_is_killed_half_way_leaves_it_to_the_next(
    firm: Firm, server: Server, superuser: asyncpg.Connection
) -> None:
    await _a_week_passes(firm)
    await firm.time_passes_until("2026-11-23 08:30")
    await superuser.execute("begin; lock table sendings in access exclusive mode")
    killed = asyncio.create_task(jobs.tell_the_week())
    while not (stuck := await superuser.fetchval(_STUCK)):
        pass
    await superuser.execute(f"select pg_terminate_backend({stuck}); commit")
    with suppress(db.Unavailable):
        await killed
    assert killed.exception() is not None
    assert await superuser.fetchval("select count(*) from weekly_letters") == 0

    assert await jobs.tell_the_week() == 1
    await outbox.deliver()
    assert len(server.box(QIAN)) == 1
    assert await superuser.fetchval("select count(*) from entries where tag = 'report_told'") == 1


async def test_whoever_wants_none_gets_none(firm: Firm, server: Server) -> None:
    async with db.acting_as(firm.qian):
        await choosing.choose({Matter.REPORT: Pace.NONE}, at=clock.now())
    await _a_week_passes(firm)
    await firm.time_passes_until("2026-11-23 08:30")

    assert await jobs.tell_the_week() == 0
    await outbox.deliver()
    assert server.box(QIAN) == []


async def test_whoever_leads_it_no_more_is_not_sent_what_was_written(
    firm: Firm, server: Server, superuser: asyncpg.Connection
) -> None:
    await _a_week_passes(firm)
    await firm.time_passes_until("2026-11-23 08:30")
    await jobs.tell_the_week()
    async with db.acting_as(db.NOBODY):
        await directory.set_head(firm.finance, firm.zhou.person)
    firm.clock_says("2026-11-23 08:31")
    await outbox.deliver()

    assert server.box(QIAN) == []
    assert await superuser.fetchval("select fault from sendings where tag = 'report_told'") == "shut"


async def test_what_is_sealed_is_not_in_it(firm: Firm, server: Server, superuser: asyncpg.Connection) -> None:
    await _a_week_passes(firm)
    await superuser.execute("update tickets set tier = 3, sealed = true where title = 'a laptop'")
    await firm.time_passes_until("2026-11-23 08:30")
    await jobs.tell_the_week()
    await outbox.deliver()

    (letter,) = server.box(QIAN)
    assert letter["Subject"] == "财务部上周：5件中失约0件"
    assert "已经逾期还没有办的承诺：0" in text(letter)
