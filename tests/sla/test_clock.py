"""A promise's clock: what runs, what stands still, when it is broken."""

import pytest

from desk.i18n import Invalid
from desk.sla.rules import targets
from desk.sla.rules.clock import State, Verdict, state_of
from desk.sla.rules.cycles import Message, cycles
from desk.sla.rules.days import AtWall
from desk.sla.rules.escalation import Line, reached, thresholds
from desk.sla.rules.events import Event
from desk.sla.rules.hops import shares
from desk.sla.rules.intake import effective_start
from desk.sla.rules.targets import Budget, HalfDay, Moment, SameDay, Target
from tests.sla.calendars import at, head_office, wall

OFFICE = head_office()
HOUR = 3600
Told = tuple[str, str] | tuple[str, str, str]


def state(now: str, target: Target, *told: Told, start: str = "24 10:00") -> State:
    """The clock of a promise opened at 10:00 on Tuesday 24 November; days of that month."""
    events = [Event(at(f"2026-11-{start}"), "opened")]
    events += [Event(at(f"2026-11-{when}"), kind, *reason) for when, kind, *reason in told]
    return state_of(events, target, OFFICE, at(f"2026-11-{now}"))


def due(standing: State) -> str:
    return wall(standing.due_at).removeprefix("2026-11-")


def test_a_running_clock_is_due_when_its_budget_is_used_up() -> None:
    standing = state("24 14:00", Budget(8 * HOUR))
    assert (standing.verdict, standing.elapsed, due(standing)) == (Verdict.RUNNING, 3 * HOUR, "25 10:00")


def test_an_answer_at_the_due_is_kept_and_a_second_later_is_not() -> None:
    assert state("24 15:00", Budget(HOUR), ("24 11:00", "kept")).verdict is Verdict.MET
    late = state_of(
        [Event(at("2026-11-24 10:00"), "opened"), Event(at("2026-11-24 11:00") + 1, "kept")],
        Budget(HOUR),
        OFFICE,
        at("2026-11-25 09:00"),
    )
    assert (late.verdict, late.reached_at) == (Verdict.BREACHED, at("2026-11-24 11:00"))


def test_closed_time_after_a_used_up_budget_is_no_breach_but_after_a_same_day_due_it_is() -> None:
    budget = state("24 20:00", Budget(7 * HOUR))
    day = state("24 20:00", SameDay())
    assert (budget.verdict, due(budget), wall(budget.breaks_at)) == (Verdict.RUNNING, "24 18:00", "2026-11-25 09:00:01")
    assert (day.verdict, due(day), wall(day.breaks_at)) == (Verdict.BREACHED, "24 18:00", "2026-11-24 18:00:01")


def test_waiting_for_the_requester_moves_the_due_by_the_business_time_it_took() -> None:
    standing = state("25 09:30", SameDay(), ("24 14:00", "paused", "requester"), ("25 09:00", "resumed", "requester"))
    assert (standing.verdict, due(standing)) == (Verdict.RUNNING, "25 14:00")


def test_two_reasons_to_wait_must_both_end() -> None:
    both = (("24 11:00", "paused", "requester"), ("24 11:30", "paused", "vendor"), ("24 14:00", "resumed", "requester"))
    assert state("24 15:00", Budget(8 * HOUR), *both).verdict is Verdict.PAUSED
    assert state("24 17:00", Budget(8 * HOUR), *both, ("24 16:00", "resumed", "vendor")).elapsed == 2 * HOUR


def test_waiting_ends_by_itself_after_three_business_days() -> None:
    asked = ("24 14:00", "paused", "requester")
    waiting, later = state("26 10:00", SameDay(), asked), state("30 10:00", SameDay(), asked)
    assert (waiting.verdict, wall(waiting.paused_until or 0), due(waiting)) == (
        Verdict.PAUSED,
        "2026-11-27 18:00",
        "30 14:00",
    )
    assert (later.verdict, later.pauses[0].capped, due(later)) == (Verdict.RUNNING, True, "30 14:00")


def test_a_second_question_after_the_cap_pauses_again() -> None:
    again = state("30 10:00", SameDay(), ("24 14:00", "paused", "requester"), ("30 09:30", "paused", "requester"))
    assert (again.verdict, len(again.pauses)) == (Verdict.PAUSED, 2)


def test_reopening_goes_on_where_it_stopped() -> None:
    standing = state("25 10:00", Budget(8 * HOUR), ("24 11:00", "stopped"), ("25 09:00", "reopened"))
    assert (standing.verdict, standing.elapsed) == (Verdict.RUNNING, 2 * HOUR)


def test_a_breach_is_not_erased_by_stopping_pausing_or_reopening() -> None:
    told = (("24 14:00", "paused", "requester"), ("24 15:00", "kept"), ("24 16:00", "reopened"))
    for n in range(4):
        assert state("24 17:00", Budget(HOUR), *told[:n]).verdict is Verdict.BREACHED


def test_a_shorter_target_leaves_at_least_half_an_hour() -> None:
    events = [Event(at("2026-11-24 10:00"), "opened"), Event(at("2026-11-24 15:00"), "retargeted", target=Budget(HOUR))]
    standing = state_of(events, Budget(20 * HOUR), OFFICE, at("2026-11-24 15:10"))
    assert (standing.verdict, due(standing), standing.floored) == (Verdict.RUNNING, "24 15:30", True)


def test_a_longer_target_keeps_what_was_used() -> None:
    events = [
        Event(at("2026-11-24 10:00"), "opened"),
        Event(at("2026-11-24 15:00"), "retargeted", target=Budget(8 * HOUR)),
    ]
    assert due(state_of(events, Budget(HOUR * 6), OFFICE, at("2026-11-24 15:10"))) == "25 10:00"


def test_it_is_at_risk_after_three_quarters_of_the_business_time() -> None:
    standing = state("24 10:00", SameDay())
    assert wall(standing.at_risk_at) == "2026-11-24 16:15"
    assert state("24 16:15", SameDay()).is_at_risk
    assert not state("24 16:14", SameDay()).is_at_risk


def test_a_moment_given_is_never_paused() -> None:
    standing = state("24 17:00", Moment(at("2026-11-24 22:00")), ("24 11:00", "paused", "requester"))
    assert (standing.verdict, due(standing)) == (Verdict.RUNNING, "24 22:00")
    assert state("24 22:01", Moment(at("2026-11-24 22:00"))).verdict is Verdict.BREACHED


def test_a_moment_outside_hours_is_at_risk_after_three_quarters_of_the_wall_time() -> None:
    standing = state("24 20:00", Moment(at("2026-11-25 00:00")), start="24 20:00")
    assert wall(standing.at_risk_at) == "2026-11-24 23:00"


def test_what_is_kept_in_the_instant_it_was_given_is_never_late() -> None:
    given = Moment(at("2026-11-24 11:00"))
    assert state("25 10:00", given, ("24 10:00", "kept", "")).verdict is Verdict.MET


def test_what_did_not_start_owes_nothing_yet() -> None:
    standing = state_of([], HalfDay(), OFFICE, at("2026-11-24 09:00"))
    assert (standing.verdict, due(standing)) == (Verdict.NOT_STARTED, "24 14:00")


@pytest.mark.parametrize("target", [SameDay(AtWall(960), 2), HalfDay(), Budget(60), Moment(5)])
def test_a_target_is_kept_as_json(target: Target) -> None:
    assert targets.read(targets.document(target)) == target


@pytest.mark.parametrize(
    "data", [{}, {"kind": "soon"}, {"kind": "budget", "seconds": 0}, {"kind": "same_day", "extra_days": -1}]
)
def test_an_odd_target_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(Invalid, match="not a target"):
        targets.read(data)


def test_one_reply_answers_all_messages_before_it() -> None:
    asks, notes, answers = (
        Message(*kind) for kind in (("a", 1, True, False), ("n", 2, False, False), ("r", 5, False, True))
    )
    found = cycles([asks, notes, Message("b", 4, True, False), answers, Message("c", 6, True, False)])
    assert [(cycle.name, cycle.answered_at) for cycle in found] == [("a", 5), ("b", 5), ("c", None)]


def test_escalation_goes_up_step_by_step_and_shows_who_is_missing() -> None:
    line = Line(["wu", "qian", "sun", "zhou"], absent={"qian", "sun", "li"}, deputies={"qian": "zheng", "sun": "li"})
    assert [line.at(level) for level in range(5)] == [
        ("wu", "direct"), ("zheng", "deputy"), (None, "unfilled"), ("zhou", "direct"), (None, "top"),
    ]  # fmt: skip


def test_levels_that_were_missed_fire_in_order_and_once() -> None:
    instants = thresholds(OFFICE, at("2026-11-24 10:00"), 4 * HOUR, [50, 75, 100, 150])
    assert [wall(instant)[11:] for instant in instants] == ["12:00", "14:00", "15:00", "17:00"]
    assert reached(instants, {0}, at("2026-11-24 15:00")) == [1, 2]


def test_every_second_of_a_request_is_in_somebodys_hands() -> None:
    hops = [(at("2026-11-24 10:00"), "finance"), (at("2026-11-24 17:00"), "lin"), (at("2026-11-25 10:00"), "finance")]
    found = shares(hops, at("2026-11-25 11:00"), {"finance": OFFICE})
    assert (found["finance"].business, found["finance"].visits, found["lin"].business) == (7 * HOUR, 2, 0)
    assert sum(share.wall for share in found.values()) == 25 * HOUR


def test_a_letter_counts_from_when_our_server_had_it_but_not_from_long_ago() -> None:
    assert effective_start(1_000_000, None) == 1_000_000
    assert effective_start(1_000_000, 999_000) == 999_000
    assert effective_start(1_000_000, 2_000_000) == 1_000_000
    assert effective_start(1_000_000, 5) == 1_000_000 - 72 * HOUR
