"""Another target on a running clock: what is used stays used, at least the notice is left, a broken one stays broken."""

import pytest

from desk.sla.rules import clock, facts, instants
from desk.sla.rules.events import Event
from desk.sla.rules.pauses import REQUESTER
from desk.sla.rules.policies import Named
from desk.sla.rules.targets import Budget, HalfDay, SameDay, Target
from tests.sla.calendars import at, head_office
from tests.sla.test_why import ENGLISH, line, told

OFFICE = head_office()
HOUR = 3600
TWO_DAYS = SameDay(extra_days=2)


def due(opened: str, changed: str, first: Target, then: Target, *between: Event) -> str:
    events = [Event(at(opened), "opened"), *between, Event(at(changed), "retargeted", target=then)]
    state = clock.state_of(events, first, OFFICE, at(changed))
    return instants.text(state.due_at)


def test_what_is_left_of_the_new_target_counts_from_now():
    assert due("2026-11-24 09:00", "2026-11-24 11:00", TWO_DAYS, Budget(4 * HOUR)) == instants.text(
        at("2026-11-24 14:00")
    )


@pytest.mark.parametrize(
    ("changed", "until"),
    [
        ("2026-11-24 11:00", "2026-11-24 11:30"),  # more than the new target is used up already
        ("2026-11-24 17:45", "2026-11-25 09:15"),  # the notice is business time
        ("2026-11-24 12:30", "2026-11-24 13:30"),  # lunch does not count
    ],
)
@pytest.mark.parametrize("then", [Budget(HOUR), SameDay()])
def test_at_least_half_an_hour_of_business_time_is_left(changed: str, until: str, then: Target):
    opened = "2026-11-24 09:00" if then == Budget(HOUR) else "2026-11-23 09:00"
    assert due(opened, changed, TWO_DAYS, then) == instants.text(at(until))


def test_the_same_day_is_the_close_of_the_day_on_which_it_was_received():
    assert due("2026-11-24 09:00", "2026-11-24 11:00", TWO_DAYS, SameDay()) == instants.text(at("2026-11-24 18:00"))
    late = clock.state_of(
        [Event(at("2026-11-24 09:00"), "opened"), Event(at("2026-11-24 11:00"), "retargeted", target=SameDay())],
        TWO_DAYS, OFFICE, at("2026-11-24 18:00") + 1,
    )  # fmt: skip
    assert late.verdict is clock.Verdict.BREACHED


def test_half_a_day_is_half_of_the_day_on_which_it_began():
    assert due("2026-11-24 09:00", "2026-11-24 10:00", TWO_DAYS, HalfDay()) == instants.text(at("2026-11-24 14:00"))


def test_a_pause_before_and_one_that_lasts_stay():
    over = [
        Event(at("2026-11-24 10:00"), "paused", REQUESTER),
        Event(at("2026-11-24 11:00"), "resumed", REQUESTER),
    ]
    assert due("2026-11-24 09:00", "2026-11-24 11:00", TWO_DAYS, Budget(2 * HOUR), *over) == instants.text(
        at("2026-11-24 12:00")
    )
    state = clock.state_of(
        [Event(at("2026-11-24 09:00"), "opened"), over[0], Event(at("2026-11-24 11:00"), "retargeted", target=Budget(2 * HOUR))],
        TWO_DAYS, OFFICE, at("2026-11-24 16:00"),
    )  # fmt: skip
    assert (state.verdict, state.remaining) == (clock.Verdict.PAUSED, HOUR)


def test_a_longer_target_gives_its_time_back():
    there = [Event(at("2026-11-24 10:00"), "retargeted", target=Budget(2 * HOUR))]
    assert due("2026-11-24 09:00", "2026-11-24 10:30", TWO_DAYS, TWO_DAYS, *there) == instants.text(
        at("2026-11-26 18:00")
    )


def test_a_word_that_a_calendar_left_standing_does_not_hold_for_another_target():
    floor = Event(at("2026-11-24 10:00"), "recalculated", floor=at("2026-11-27 18:00"), version=2)
    assert due("2026-11-24 09:00", "2026-11-24 11:00", TWO_DAYS, Budget(4 * HOUR), floor) == instants.text(
        at("2026-11-24 14:00")
    )
    after = [
        Event(at("2026-11-24 09:00"), "opened"),
        Event(at("2026-11-24 09:30"), "retargeted", target=Budget(4 * HOUR)),
        floor,
    ]
    assert clock.state_of(after, TWO_DAYS, OFFICE, at("2026-11-24 11:00")).due_at == at("2026-11-27 18:00")


def test_the_line_that_gave_a_target_stands_in_why():
    rule = Named(zh="工资（关键）", en="Payroll, critical", place=2)
    owed = facts.explain(
        [Event(at("2026-11-24 09:00"), "opened", rule=rule)], Budget(HOUR), OFFICE, at("2026-11-24 09:00")
    )
    assert line(owed, "2026-11-24 09:00", ENGLISH, "resolution").endswith(
        "and Finance settles it within 1 h of working time, and target rule 2, “Payroll, critical”, applies"
    )
    assert "Target rule 2, “Payroll, critical”, applies." in told(owed, "2026-11-24 09:00", ENGLISH)


def test_a_line_that_was_passed_over_is_named_and_one_that_came_later_too():
    first, then = Named(zh="甲", en="A", place=1), Named(zh="乙", en="B", place=3)
    events = [
        Event(at("2026-11-24 09:00"), "opened", rule=then, passed=first),
        Event(at("2026-11-24 10:00"), "retargeted", target=Budget(2 * HOUR), rule=first),
    ]
    steps = told(facts.explain(events, Budget(HOUR), OFFICE, at("2026-11-24 10:00")), "2026-11-24 10:00", ENGLISH)
    assert "At first target rule 3, “B”, applied." in steps
    assert any(step.startswith("Target rule 1, “A”, was passed over") for step in steps)
    assert "From 10:00 target rule 1, “A”, applies: 2 h of working time; what was used before still counts." in steps
