"""When a word may be moved, by whom, and who is told: the rules alone."""

from datetime import datetime, timedelta

import pytest
from msgspec import structs

from desk.i18n import Forbidden, Invalid, Refused
from desk.sla.rules import instants, renewals
from desk.sla.rules.clock import state_of
from desk.sla.rules.events import Event
from desk.sla.rules.kinds import Kind, Standing
from desk.sla.rules.renewals import FARTHEST, Word
from desk.sla.rules.targets import Moment
from tests.firm import local
from tests.sla.calendars import at, head_office

NOW = local("2026-11-20 15:00")
DUE, LATER = local("2026-11-20 17:30"), local("2026-11-23 12:00")
WORD = Word(kind=Kind.EXPECTATION, state=Standing.OPEN, promisee=1, due_at=DUE, renewal_at=None)
ASKED = structs.replace(WORD, renewal_at=LATER)


def test_the_giver_asks_before_the_due() -> None:
    renewals.check_ask(WORD, LATER, speaks=True, at=NOW)
    renewals.check_ask(WORD, LATER, speaks=True, at=DUE - timedelta(seconds=1))


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.EXPECTATION])
def test_only_a_word_that_somebody_gave_can_be_moved(kind: Kind) -> None:
    with pytest.raises(Refused, match="follows from a rule"):
        renewals.check_ask(structs.replace(WORD, kind=kind), LATER, speaks=True, at=NOW)


def test_nobody_else_asks_for_the_giver() -> None:
    with pytest.raises(Forbidden):
        renewals.check_ask(WORD, LATER, speaks=False, at=NOW)


@pytest.mark.parametrize("late", [DUE, DUE + timedelta(hours=1)])
def test_at_its_due_a_word_cannot_be_moved_any_more(late: datetime) -> None:
    with pytest.raises(Refused, match="counts as broken"):
        renewals.check_ask(WORD, LATER, speaks=True, at=late)
    with pytest.raises(Refused, match="too late to agree"):
        renewals.check_answer(ASKED, LATER, by=1, at=late)


def test_what_is_broken_is_not_moved_whatever_the_clock_says() -> None:
    with pytest.raises(Refused, match="counts as broken"):
        renewals.check_ask(structs.replace(WORD, state=Standing.BROKEN), LATER, speaks=True, at=NOW)


@pytest.mark.parametrize("until", [DUE, DUE - timedelta(minutes=1), NOW, NOW - timedelta(days=1)])
def test_the_new_time_is_later_than_the_old_one(until: datetime) -> None:
    with pytest.raises(Invalid, match="later"):
        renewals.check_ask(WORD, until, speaks=True, at=NOW)


def test_a_mistyped_year_is_not_taken() -> None:
    renewals.check_ask(WORD, NOW + FARTHEST, speaks=True, at=NOW)
    with pytest.raises(Invalid, match="60 days"):
        renewals.check_ask(WORD, NOW + FARTHEST + timedelta(seconds=1), speaks=True, at=NOW)


def test_one_question_at_a_time() -> None:
    with pytest.raises(Refused, match="already"):
        renewals.check_ask(ASKED, LATER + timedelta(days=1), speaks=True, at=NOW)


def test_only_the_promisee_agrees_and_only_to_what_was_asked() -> None:
    renewals.check_answer(ASKED, LATER, by=1, at=NOW)
    with pytest.raises(Forbidden):
        renewals.check_answer(ASKED, LATER, by=2, at=NOW)
    for word, until in ((ASKED, DUE), (WORD, LATER)):
        with pytest.raises(Refused, match="nothing was written"):
            renewals.check_answer(word, until, by=1, at=NOW)


def test_a_handler_speaks_for_a_giver_who_is_not_there() -> None:
    said = [
        renewals.speaks(by, giver=7, giver_there=there, handles=handles)
        for by, there, handles in ((7, True, True), (7, False, False), (8, True, True), (8, False, True), (8, False, False))
    ]  # fmt: skip
    assert said == [True, True, False, True, False]


def test_the_superior_hears_of_the_second_renewal_and_of_each_later_one() -> None:
    assert [renewals.tells_superior(n) for n in (1, 2, 3)] == [False, True, True]


@pytest.mark.parametrize("later", ["2026-11-24 15:35", "2026-11-24 23:00", "2026-11-27 12:00"])
def test_a_word_that_was_moved_climbs_in_order_and_breaks_right_after_its_time(later: str) -> None:
    moved = Event(at("2026-11-24 15:20"), "renewed", target=Moment(at(later)))
    given = Event(at("2026-11-24 15:00"), "opened")
    state = state_of([given, moved], Moment(at("2026-11-24 15:30")), head_office(), moved.at)

    assert list(state.thresholds) == sorted(state.thresholds)
    assert (state.due_at, state.breaks_at) == (at(later), at(later) + 1)
    assert instants.moment(state.thresholds[1]) <= instants.moment(state.due_at)
