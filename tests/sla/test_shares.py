"""How far every open promise is, added up by PostgreSQL: the same as Python counts, on any calendar."""

import random
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import clock, db
from desk.sla import jobs
from desk.sla.actions import calendar_days, calendars
from desk.sla.queries import clocks
from desk.sla.queries.promises import EVENTS, events_of
from desk.sla.rules import format, instants, targets, utc_days
from desk.sla.rules.clock import state_of
from desk.sla.rules.compiled import Compiled
from desk.sla.rules.days import USUAL
from desk.sla.rules.sheet import Version
from tests.firm import Firm, told
from tests.sla.calendars import CHANGES, compiled, random_calendars

DAY = 86_400
_OPEN = f"""
select id, calendar, target, ({EVENTS.replace("$1", "p.id")}) as events from promises p where settled_at is null
"""  # noqa: S608
_SHARES = "select promise, used, size, share from open_shares($1)"
MANY = [
    ["00:10", "01:00"],
    ["03:00", "04:30"],
    ["06:00", "06:20"],
    ["09:00", "12:00"],
    ["13:00", "17:45"],
    ["22:00", "29:30"],
]


def summed(days: list[utc_days.UtcDay], at: int) -> int:
    """As the database adds it up."""
    day = next(day for day in days if day.day == utc_days.day_of(at))
    ends = [*day[2:8], *day.more]
    second = at - day.day * DAY
    return day.before + sum(min(max(second - a, 0), b - a) for a, b in zip(ends[::2], ends[1::2], strict=True))


@given(case=random_calendars(), cuts=st.lists(st.integers(-8 * DAY, 8 * DAY), min_size=2, max_size=2).map(sorted))
def test_days_of_utc_add_up_to_business_time(case: tuple[dict[str, Any], date], cuts: list[int]) -> None:
    data, day = case
    noon = int(datetime(day.year, day.month, day.day, 12).timestamp())  # noqa: DTZ001 - somewhere near is enough
    a, b = (noon + cut for cut in cuts)
    try:
        calendar = compiled(data, noon)
    except format.Invalid:
        return
    days = utc_days.cut(calendar, utc_days.day_of(noon) - 10, utc_days.day_of(noon) + 10)
    assert summed(days, b) - summed(days, a) == calendar.between(a, b)


def test_days_that_are_laid_out_later_go_on_where_the_earlier_ones_ended() -> None:
    calendar = Compiled(format.parse({"tz": "Asia/Shanghai", "weekly": {"mon": MANY, "thu": MANY}}), near=20_000 * DAY)
    whole, first = utc_days.cut(calendar, 20_000, 20_040), utc_days.cut(calendar, 20_000, 20_020)
    before = first[-1].before + calendar.between(20_020 * DAY, 20_021 * DAY)
    assert first + utc_days.cut(calendar, 20_021, 20_040, before) == whole


def week(dice: random.Random) -> dict[str, Any]:
    """Night shifts, more than three spans a day, zones whose clocks change."""
    spans = [MANY, MANY[3:5], [["20:00", "32:00"]], [["00:00", "24:00"]], MANY[::2]]
    days = {day: dice.choice(spans) for day in dice.sample(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], 5)}
    return {"tz": dice.choice([*CHANGES, "Asia/Shanghai"]), "weekly": days}


async def works(firm: Firm, hours: dict[str, Any]) -> None:
    async with db.acting_as(firm.admin):
        await calendars.save(firm.finance, Version(calendar=format.parse(hours), cutoff=USUAL))


async def compare(firm: Firm, at: datetime) -> int:
    """Every open promise at an instant; returns how many."""
    told_by_sql = {row["promise"]: row for row in await firm.rows(firm.lin, _SHARES, at)}
    rows = await firm.rows(firm.lin, _OPEN)
    for row in rows:
        async with db.acting_as(db.NOBODY, writing=False):
            calendar = (await clocks.version(row["calendar"])).compiled
        target = targets.read(msgspec.json.decode(row["target"]))
        state = state_of(events_of(row["events"]), target, calendar, instants.seconds(at))
        found = told_by_sql[row["id"]]
        assert (found["used"], found["size"]) == (state.elapsed, state.target), row
        assert state.target == 0 or found["share"] == state.elapsed / state.target
    return len(rows)


@pytest.mark.parametrize("seed", range(6))
async def test_the_database_counts_as_the_clock_does(firm: Firm, seed: int) -> None:
    dice, compared = random.Random(seed), 0
    for _ in range(4):
        await works(firm, week(dice))
        number = await firm.lin_asks_for("a taxi receipt")
        firm.time.move(seconds=dice.randrange(7 * 3600))
        if dice.random() < 0.7:
            await firm.wu_asks(number)
        firm.time.move(seconds=dice.randrange(9 * 3600))
        if dice.random() < 0.5:
            await firm.lin_writes(number)
        if dice.random() < 0.5:
            await firm.wu_expects(number, told(clock.now() + timedelta(hours=dice.randrange(1, 60))) or "")
        await jobs.follow_calendar(firm.finance)
        for hours in (0, 5, 31, 100):
            compared += await compare(firm, clock.now() + timedelta(hours=hours, seconds=dice.randrange(3600)))
    assert compared > 40


async def test_a_pause_that_runs_out_counts_again_without_anybody_looking(firm: Firm) -> None:
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_asks(number)
    paused, over = [await firm.rows(firm.lin, _SHARES, clock.now() + timedelta(days=days)) for days in (2, 7)]

    assert [row["used"] for row in paused] < [row["used"] for row in over]
    assert await compare(firm, clock.now() + timedelta(days=7)) == 1


async def test_what_is_due_in_closed_time_goes_by_the_wall(firm: Firm) -> None:
    firm.clock_says("2026-11-20 20:00")
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_expects(number, "2026-11-21 20:00")
    rows = await firm.rows(firm.lin, _SHARES, clock.now() + timedelta(hours=6))

    assert [row["share"] for row in rows if not row["size"]] == [0.25]


async def test_whoever_may_not_read_a_promise_is_told_nothing_of_it(firm: Firm) -> None:
    await firm.lin_asks_for("my pay slip", service="payroll")

    assert await firm.rows(firm.zhao, _SHARES, clock.now()) == []
    assert len(await firm.rows(firm.lin, _SHARES, clock.now())) == 2


async def test_more_days_are_laid_out_before_they_run_out(firm: Firm) -> None:
    last = "select max(day) from calendar_days d join calendars c on c.id = d.calendar where c.department = $1"
    before = (await firm.rows(firm.lin, last, firm.finance))[0][0]
    firm.time.move(days=calendar_days.AHEAD - calendar_days.ENOUGH + 1)
    await jobs.tidy()
    await jobs.tidy()

    assert (await firm.rows(firm.lin, last, firm.finance))[0][
        0
    ] == before + calendar_days.AHEAD - calendar_days.ENOUGH + 1


async def test_what_was_given_before_there_were_measures_gets_them_unseen(firm: Firm, superuser: Any) -> None:
    number = await firm.lin_asks_for("a taxi receipt")
    due = await firm.standing(number, "resolution")
    await superuser.execute("update promises set size = null, used = null, runs_on = null")
    await jobs.tidy()

    assert await compare(firm, clock.now() + timedelta(hours=4)) == 2
    assert await firm.standing(number, "resolution") == due
    assert "due_moved" not in await firm.entries(number)
    assert await firm.rows(firm.lin, "select from promise_events where kind = 'recalculated'") == []
