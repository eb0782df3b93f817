"""The ledger: what time does to promises, each thing once and however late somebody looks."""

import pytest

from desk.sla import jobs
from desk.tickets import actions as tickets
from tests.firm import Firm, local, told

_BROKEN = """
select e.at, e.data ->> 'noticed' as noticed from promise_events e
  join promises p on p.id = e.promise where e.kind = 'broken' and p.kind = $1
"""
SWEEPS = {
    "by a worker that looks every quarter of an hour": [f"2026-11-20 {h}:{m:02d}" for h in range(15, 20) for m in range(0, 60, 15)],
    "by a worker that was stopped for days": ["2026-11-22 08:00"],
    "by a worker that sees it twice": ["2026-11-20 18:01", "2026-11-20 18:01"],
}  # fmt: skip


async def test_after_three_quarters_of_its_time_a_promise_is_at_risk_once(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.time_passes_until("2026-11-20 17:14")
    assert not (await firm.promises(number, "first_reply"))[0]["at_risk"]

    await firm.time_passes_until("2026-11-20 17:15")
    await firm.time_passes_until("2026-11-20 17:16")
    assert (await firm.promises(number, "first_reply"))[0]["at_risk"]
    assert (await firm.entries(number)).count("promise_at_risk") == 1


async def test_the_second_of_the_due_is_still_in_time(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.time_passes_until("2026-11-20 18:00")

    assert (await firm.standing(number, "first_reply"))[0] == "open"


@pytest.mark.parametrize("moments", SWEEPS.values(), ids=SWEEPS)
async def test_a_promise_breaks_once_and_at_the_same_instant(firm: Firm, moments: list[str]):
    number = await firm.lin_asks_for("a taxi receipt")
    for moment in moments:
        await firm.time_passes_until(moment)

    (event,) = await firm.rows(firm.lin, _BROKEN, "first_reply")
    assert event["at"] == local("2026-11-20 18:00:01")
    assert (await firm.standing(number, "first_reply"))[0] == "broken"
    assert (await firm.entries(number)).count("promise_broken") == 1


@pytest.mark.parametrize("moments", SWEEPS.values(), ids=SWEEPS)
async def test_whoever_answers_late_finds_the_same_verdict_with_or_without_a_worker(firm: Firm, moments: list[str]):
    number = await firm.lin_asks_for("a taxi receipt")
    other = await firm.lin_asks_for("a bus ticket")
    firm.clock_says("2026-11-22 09:00")
    await firm.wu_replies(number)
    for moment in moments:
        await firm.time_passes_until(moment)
    firm.clock_says("2026-11-22 09:00")
    await firm.wu_replies(other)

    assert [row["at"] for row in await firm.rows(firm.lin, _BROKEN, "first_reply")] == [
        local("2026-11-20 18:00:01")
    ] * 2
    assert await firm.standing(number, "first_reply") == await firm.standing(other, "first_reply")


async def test_what_is_broken_stays_broken_when_it_is_done(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.time_passes_until("2026-11-20 18:01")
    await firm.wu_replies(number)

    (promise,) = await firm.promises(number, "first_reply")
    assert (promise["state"], told(promise["settled_at"])) == ("broken", "2026-11-20 18:01")


async def test_a_promise_that_was_kept_never_breaks(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_replies(number)
    await firm.wu_resolves(number)
    await firm.time_passes_until("2026-12-20 12:00")

    assert {row["state"] for row in await firm.rows(firm.lin, "select state from promises")} == {"kept"}
    assert "promise_broken" not in await firm.entries(number)


async def test_a_withdrawn_promise_never_breaks(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.lin_withdraws(number)
    await firm.time_passes_until("2026-12-20 12:00")

    assert {row["state"] for row in await firm.rows(firm.lin, "select state from promises")} == {"withdrawn"}
    assert "promise_broken" not in await firm.entries(number)


async def test_a_broken_promise_is_done_with_once(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.time_passes_until("2026-11-25 09:00")
    await firm.wu_resolves(number)
    await firm.does(firm.lin, tickets.reopen, number, "Not yet.")
    await firm.wu_resolves(number)

    events = await firm.rows(firm.lin, _BROKEN, "resolution")
    assert [row["at"] for row in events] == [local("2026-11-24 18:00:01")]


async def test_a_promise_keeps_the_calendar_that_it_was_made_with(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.closes_on(firm.finance, "2026-11-23")

    assert await firm.standing(number, "resolution") == ("open", "2026-11-24 18:00")
    later = await firm.lin_asks_for("a bus ticket")
    assert await firm.standing(later, "resolution") == ("open", "2026-11-25 18:00")


async def test_what_is_late_already_is_found_so_though_a_question_is_asked_before_anybody_looks(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    firm.clock_says("2026-11-24 18:30")
    await firm.wu_asks(number)
    await firm.time_passes_until("2026-11-24 18:31")

    assert (await firm.standing(number, "resolution"))[0] == "broken"
    (event,) = await firm.rows(firm.lin, _BROKEN, "resolution")
    assert event["at"] == local("2026-11-24 18:00:01")


async def test_a_question_does_not_put_off_the_levels_that_were_reached_before_it(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    firm.clock_says("2026-11-23 17:00")
    await firm.wu_asks(number)
    await firm.time_passes_until("2026-11-23 17:01")

    (promise,) = await firm.promises(number, "resolution")
    assert (promise["state"], promise["level"]) == ("paused", 1)
    assert "pause_lapsed" not in await firm.entries(number)


async def test_every_promise_tells_its_story_in_events(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    firm.clock_says("2026-11-20 16:00")
    await firm.wu_asks(number)
    firm.clock_says("2026-11-23 10:00")
    await firm.lin_writes(number)
    await firm.wu_resolves(number)
    await firm.lin_reopens(number)

    sql = "select e.kind from promise_events e join promises p on p.id = e.promise where p.kind = $1 order by e.id"
    kinds = [row["kind"] for row in await firm.rows(firm.lin, sql, "resolution")]
    assert kinds == ["opened", "paused", "resumed", "kept", "reopened"]


async def test_the_sweep_says_how_much_it_marked(firm: Firm):
    await firm.lin_asks_for("a taxi receipt")
    await firm.lin_asks_for("a bus ticket")
    firm.clock_says("2026-11-20 17:30")

    assert await jobs.sweep() == 6  # each: half used up, three quarters, at risk
    assert await jobs.sweep() == 0


async def test_the_sweep_sees_across_all_locks(firm: Firm):
    number = await firm.lin_asks_for("my pay slip", service="payroll")
    await firm.time_passes_until("2026-11-20 18:01")

    assert (await firm.standing(number, "first_reply"))[0] == "broken"
    assert await firm.rows(firm.zhao, "select from entries where tag = 'promise_broken'") == []
