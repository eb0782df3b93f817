"""A calendar changes: what is owed moves and says why; what was judged, and what somebody named, stays."""

from datetime import date

import pytest

from desk import db
from desk.sla import jobs
from desk.sla.actions import calendars
from desk.sla.queries import calendars as keep
from desk.sla.rules import format as formats
from desk.sla.rules import zones
from desk.sla.rules.days import USUAL
from desk.sla.rules.sheet import Version
from tests.firm import WEEK, Firm, told

WEEKEND = {"2026-11-21": "fri", "2026-11-22": "fri"}


async def finance_works(firm: Firm, **more: object) -> None:
    async with db.acting_as(firm.admin):
        wanted = Version(calendar=formats.parse(WEEK | more), cutoff=USUAL)
        await calendars.save(firm.finance, wanted)


async def test_a_holiday_moves_what_is_owed_and_says_why(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    before = (await firm.standing(number, "resolution"))[1] or ""
    await firm.closes_on(firm.finance, "2026-11-23")

    assert await jobs.follow_calendar(firm.finance) == 2

    assert before[:10] < ((await firm.standing(number, "resolution"))[1] or "")[:10]
    assert (await firm.standing(number, "first_reply"))[1] == "2026-11-20 18:00"
    assert "the calendar changed" in await firm.why(number, "resolution")


async def test_only_those_whose_due_moved_are_told_of_it_and_only_once(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.closes_on(firm.finance, "2026-11-23")
    await jobs.follow_calendar(firm.finance)

    assert await jobs.follow_calendar(firm.finance) == 0
    assert (await firm.entries(number)).count("due_moved") == 1


async def test_a_word_never_becomes_earlier(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    before = await firm.standing(number, "resolution")
    await finance_works(firm, workdays=WEEKEND)
    await jobs.follow_calendar(firm.finance)
    assert await firm.standing(number, "resolution") == before

    await firm.wu_replies(number)
    await firm.wu_asks(number)
    await firm.lin_writes(number)
    assert (await firm.standing(number, "resolution"))[1] >= before[1]  # type: ignore[operator]


async def test_verdicts_and_named_moments_stay(firm: Firm):
    kept, broken = await firm.lin_asks_for("a bus ticket"), await firm.lin_asks_for("a taxi receipt")
    await firm.wu_expects(kept, "2026-11-23 17:00")
    await firm.time_passes_until("2026-11-20 18:01")
    await firm.closes_on(firm.finance, "2026-11-23")
    await jobs.follow_calendar(firm.finance)

    assert (await firm.standing(kept, "first_reply"))[0] == "kept"
    assert await firm.standing(broken, "first_reply") == ("broken", "2026-11-20 18:00")
    assert await firm.standing(kept, "expectation") == ("open", "2026-11-23 17:00")


async def test_a_paused_clock_follows_too(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_asks(number)
    (paused,) = await firm.promises(number, "resolution")
    await firm.closes_on(firm.finance, "2026-11-24")
    await jobs.follow_calendar(firm.finance)

    (moved,) = await firm.promises(number, "resolution")
    assert (paused["state"], moved["state"]) == ("paused", "paused")
    assert moved["next_threshold_at"] > paused["next_threshold_at"]
    assert told(moved["due_at"]) > told(paused["due_at"])  # type: ignore[operator]


async def test_beyond_the_published_holidays_a_due_is_provisional(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    async with db.acting_as(firm.admin):
        known = Version(calendar=formats.parse(WEEK), cutoff=USUAL, official_until=date(2026, 11, 22))
        await calendars.save(firm.finance, known)
    await jobs.follow_calendar(firm.finance)

    assert "provisional" in await firm.why(number, "resolution")
    assert "provisional" not in await firm.why(number, "first_reply")


async def test_new_zone_data_makes_new_versions_and_moves_what_is_owed(firm: Firm, monkeypatch: pytest.MonkeyPatch):
    number = await firm.lin_asks_for("a taxi receipt")
    monkeypatch.setattr(zones, "VERSION", "2027a")
    await jobs.tidy()
    await jobs.tidy()

    async with db.acting_as(firm.admin):
        assert [one.version for one in await keep.history(firm.finance)] == [2, 1]
    rows = await firm.rows(firm.lin, "select kind, data from promise_events where kind = 'recalculated'")
    assert len(rows) == 2
    assert (await firm.entries(number)).count("due_moved") == 0
