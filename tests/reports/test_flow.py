"""Where requests come from, whose hands they are in and on whom they rest, against plain loops over what happened."""

import dataclasses
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
import pytest
from msgspec.structs import replace

from desk import clock, db
from desk.directory import actions as directory
from desk.reports.queries import beside, dependence, flow
from desk.reports.queries.figures import Window
from desk.reports.rules.flow import Arrivals, by_day, by_hour
from desk.tickets import actions as tickets
from tests.firm import SHANGHAI, Firm, local
from tests.reports import reference_flow as reference
from tests.reports.busy import Busy
from tests.reports.reference_flow import World

FIRST, LAST = date(2026, 11, 21), date(2026, 12, 2)
_SEALED = """
update tickets t set sealed = true, tier = 3 from (select id, row_number() over (order by id) as nth from tickets) x
 where x.id = t.id and x.nth % 11 = 0
"""
_LIVELY = ("handovers", "to_and_fro", "hands", "sign_offs", "ended", "single_points", "mutual")


def _window(of: int) -> Window:
    return Window(of, local(f"{FIRST} 00:00"), local(f"{LAST + timedelta(days=1)} 00:00"), clock.now())


async def _world(root: asyncpg.Connection) -> World:
    window = _window(0)
    return await reference.world(root, window.since, window.until, window.moment)


async def _told(of: Window) -> dict[str, Any]:
    """Every figure as the reference says it."""
    handed = {(one.other, one.came): (one.n, *one.waited, one.returned) for one in await flow.handovers(of)}
    signed = await flow.sign_offs(of)
    asked = await dependence.requesters(of)
    return {
        "handovers": handed,
        "to_and_fro": {(one.number, one.other): (one.times, one.last_at) for one in await flow.to_and_fro(of)},
        "hands": {
            (one.holder, one.department): (one.n, one.wall, one.longest) for one in await flow.hands(of)
        },
        "sign_offs": (signed.on_the_spot, signed.in_time, signed.late, signed.owed),
        "first_contact": await flow.first_contact(of),
        "ended": await flow.ended(of),
        "single_points": {one.service: (one.n, one.people, one.most) for one in await dependence.single_points(of)},
        "requesters": (asked.n, asked.people, asked.most, asked.departments),
        "mutual": {other: _mutual(one) for other, one in (await dependence.mutual(of)).items()},
    }  # fmt: skip


def _mutual(one: dependence.Mutual) -> dict[str, tuple[int, int]]:
    return {part: (rate.hits, rate.n) for part in ("ours", "theirs", "help") for rate in [getattr(one, part)]}


def _wanted(of: World, department: int, readable: set[int]) -> dict[str, Any]:
    """Rows are those that the reader may read; figures count all."""
    hands = {
        key: (len(lot), sum(lot) * 1_000_000, max(lot) * 1_000_000)
        for key, lot in reference.hands(of, department).items()
    }
    return {
        "handovers": reference.handovers(of, department),
        "to_and_fro": {key: told for key, told in reference.to_and_fro(of, department).items() if key[0] in readable},
        "hands": hands,
        "sign_offs": reference.sign_offs(of, department),
        "first_contact": reference.first_contact(of, department),
        "ended": reference.ended(of, department),
        "single_points": reference.single_points(of, department),
        "requesters": reference.requesters(of, department),
        "mutual": reference.mutual(of, department),
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_every_figure_is_what_plain_loops_find(firm: Firm, superuser: asyncpg.Connection, seed: int) -> None:
    await Busy(firm, superuser, seed).live()
    await superuser.execute(_SEALED)
    found, seen = await _world(superuser), Counter[str]()
    for department, head in ((firm.finance, firm.qian), (firm.hr, firm.han)):
        async with db.acting_as(head, writing=False):
            told = await _told(_window(department))
            readable = {row["number"] for row in await db.fetch("select number from tickets")}
        for name, wanted in _wanted(found, department, readable).items():
            assert told[name] == wanted, name
            seen[name] += bool(wanted)
    assert all(seen[name] for name in _LIVELY), seen


async def test_what_came_and_went_by_the_days_and_hours_of_a_zone(firm: Firm, superuser: asyncpg.Connection) -> None:
    """Three zones, one of them an odd quarter away, one whose clocks have just gone back."""
    await Busy(firm, superuser, 4).live()
    found = await _world(superuser)
    for department, head in ((firm.finance, firm.qian), (firm.hr, firm.han)):
        for zone in (SHANGHAI, ZoneInfo("Asia/Kathmandu"), ZoneInfo("America/New_York")):
            window = replace(_window(department), since=datetime.combine(FIRST, time(), zone),
                             until=datetime.combine(LAST + timedelta(days=1), time(), zone))  # fmt: skip
            async with db.acting_as(head, writing=False):
                told = await flow.arrivals(window)
            came, went = reference.arrivals(_over(found, window), department, zone)
            days = by_day(told, zone, FIRST, LAST)
            assert {day.day: (day.came, day.went) for day in days if day.came or day.went} == _days(came, went)
            assert (days[-1].all_came, days[-1].all_went) == (came.total(), went.total())
            assert by_hour(told, zone) == _hours(came)
            assert came
            assert went


def _over(found: World, window: Window) -> World:
    return dataclasses.replace(found, since=window.since, until=window.until)


def _days(came: Counter[Any], went: Counter[Any]) -> dict[date, tuple[int, int]]:
    days = {day for day, _ in [*came, *went]}
    return {day: tuple(sum(n for key, n in lot.items() if key[0] == day) for lot in (came, went)) for day in days}  # type: ignore[misc]


def _hours(came: Counter[Any]) -> list[list[int]]:
    hours = [[0] * 24 for _ in range(7)]
    for (day, hour), n in came.items():
        hours[day.weekday()][hour] += n
    return hours


def test_an_hour_that_comes_twice_counts_in_one_place() -> None:
    """1 November 2026, 01:00 in New York, comes twice: at 05:00 and at 06:00 UTC."""
    first = int(datetime(2026, 11, 1, 5, tzinfo=UTC).timestamp()) // 900
    hours = by_hour([Arrivals(first, 2, 0), Arrivals(first + 4, 3, 0)], ZoneInfo("America/New_York"))

    assert hours[6][1] == 5
    assert sum(map(sum, hours)) == 5


async def test_the_time_in_all_hands_is_the_time_from_filing_to_the_end(firm: Firm) -> None:
    """Waiting at the requester's, passed to another department and back; the gap before a reopening is nobody's."""
    number = await firm.lin_asks_for("a laptop")
    await firm.time_passes_until("2026-11-20 16:00")
    await firm.wu_asks(number)
    await firm.time_passes_until("2026-11-20 18:00")
    await firm.lin_writes(number)
    await firm.wu_declines(number)
    await firm.time_passes_until("2026-11-23 10:00")
    await firm.lin_reopens(number)
    await firm.time_passes_until("2026-11-23 11:00")
    await firm.wu_resolves(number)
    async with db.acting_as(firm.qian, writing=False):
        found = {one.holder: one.wall // 3_600_000_000 for one in await flow.hands(_window(firm.finance))}

    assert found == {"department": 2, "requester": 2, "nobody": 64, "all": 68}


@pytest.mark.parametrize("login", ["lin", "wu", "zhao", "admin", "guest"])
async def test_the_database_itself_gives_no_figure_to_anybody_else(
    firm: Firm, superuser: asyncpg.Connection, login: str
) -> None:
    await Busy(firm, superuser, 1).live(steps=60)
    window = _window(firm.finance)
    async with db.acting_as(firm.qian, writing=False):
        full = await _told(window)
        assert await flow.arrivals(window)
    async with db.acting_as(firm.people[login], writing=False):
        told = await _told(window)
        assert await flow.arrivals(window) == []
        assert await beside.markers(window) == []

    assert full["requesters"][0] > 3
    assert told == {
        "handovers": {}, "to_and_fro": {}, "hands": {}, "sign_offs": (0, 0, 0, 0), "first_contact": (0, 0), "ended": {},
        "single_points": {}, "requesters": (0, 0, 0, {}), "mutual": {},
    }  # fmt: skip


async def test_what_goes_to_and_fro_unread_stands_as_a_marker(firm: Firm, superuser: asyncpg.Connection) -> None:
    """赵 stands above the head of finance and may not read a budget; 钱 reads it."""
    async with db.acting_as(db.NOBODY):
        await directory.set_superior(firm.qian.person, firm.zhao.person)
    number = await firm.lin_asks_for("a budget", service="budget")
    for n in range(4):
        await firm.time_passes_until(f"2026-11-23 1{n}:00")
        who, to = ((firm.wu, firm.hr), (firm.han, firm.finance))[n % 2]
        await firm.does(who, tickets.hand_over, number, to, "Not ours.")
    shown = []
    for reader in (firm.qian, firm.zhao):
        async with db.acting_as(reader, writing=False):
            rows = await flow.to_and_fro(_window(firm.finance))
            shown.append(([one.number for one in rows], len(await beside.markers(_window(firm.finance)))))

    assert shown == [([number], 0), ([], 1)]


_EVERYTHING = """
select distinct state::text from tickets union select holder from hops union select kind from promises union select kind from promise_events
"""


async def test_the_weeks_that_are_compared_have_everything_in_them(firm: Firm, superuser: asyncpg.Connection) -> None:
    await Busy(firm, superuser, 2).live()
    found = {row["state"] for row in await superuser.fetch(_EVERYTHING)}

    assert found >= {"merged", "accepted", "resolved", "declined", "withdrawn", "open"}
    assert found >= {"department", "requester", "nobody", "resolution", "ola", "sign_off", "handover"}
    assert found >= {"paused", "resumed", "broken", "kept", "stopped", "withdrawn", "reopened"}
