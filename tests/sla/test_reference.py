"""The rules against a second opinion that looks at every minute."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from desk.i18n import Invalid
from desk.sla.rules import days, format
from desk.sla.rules.clock import state_of
from desk.sla.rules.compiled import Compiled
from desk.sla.rules.events import Event
from desk.sla.rules.targets import Budget
from tests.sla.calendars import compiled, random_calendars
from tests.sla.reference import Reference, instant

CUTOFFS = st.sampled_from([None, {"wall": "11:00"}, {"wall": "02:15"}, {"before_close_s": 3600}, {"before_close_s": 0}])
KINDS = {"open": "opened", "pause": "paused", "resume": "resumed", "stop": "stopped", "reopen": "reopened"}
Asked = tuple[dict[str, Any], date, int, int, dict[str, Any] | None, int]


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    data, day = draw(random_calendars())
    offset = draw(st.integers(-3 * 86_400, 4 * 86_400))
    return data, day, offset, draw(st.integers(-40_000, 60_000)), draw(CUTOFFS), draw(st.integers(0, 2))


def answers(calendar: Any, case: Asked, at: int) -> list[int]:
    _, _, _, seconds, cutoff, extra = case
    asks_rules = isinstance(calendar, Compiled)
    return [
        calendar.add(at, seconds),
        calendar.add(at, -seconds),
        calendar.is_open(at),
        calendar.between(at, at + 10 * abs(seconds)),
        calendar.next_open(at),
        calendar.prev_open(at),
        days.same_day(calendar, at, format.cutoff(cutoff), extra)
        if asks_rules
        else calendar.same_day(at, cutoff, extra),
        days.half_day(calendar, at) if asks_rules else calendar.half_day(at),
    ]


def reference(data: dict[str, Any], day: date) -> Reference:
    """The slow calendar around a day; a calendar that the rules refuse is passed over."""
    try:
        format.parse(data)
    except Invalid:
        assume(False)
    return Reference(data, day - timedelta(days=16), day + timedelta(days=16))


def agree(case: Asked) -> None:
    data, day, offset, *_ = case
    slow = reference(data, day)
    at = instant(slow.place, day, "00:00") + offset
    try:
        expected = answers(slow, case, at)
    except LookupError:
        assume(False)
    assert answers(compiled(data, at), case, at) == expected


def clocks_agree(case: tuple[dict[str, Any], date], told: list[tuple[int, str, str]], target: int) -> None:
    data, day = case
    slow = reference(data, day)
    start = instant(slow.place, day, "00:00")
    events = [{"t": start + minute * 60, "e": kind, "why": why} for minute, kind, why in told]
    events.insert(0, {"t": start, "e": "open", "why": ""})
    now = start + 7 * 86_400
    history = [Event(event["t"], KINDS[event["e"]], event["why"]) for event in events]
    state = state_of(history, Budget(target), compiled(data, start), now, caps={})
    assert (state.elapsed, state.reached_at) == slow.elapsed(target, events, now)


def run(check: Callable[..., None], examples: int, *cases: st.SearchStrategy[Any]) -> None:
    """Without shrinking: a look at every minute is too slow for that."""
    phases = (Phase.explicit, Phase.generate)
    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    settings(max_examples=examples, deadline=None, derandomize=True, phases=phases, suppress_health_check=quiet)(
        given(*cases)(check)
    )()


def test_every_minute_agrees_on_a_hundred_calendars() -> None:
    run(agree, 100, asked())


def test_every_minute_agrees_with_the_clock() -> None:
    told = st.tuples(st.integers(0, 9000), st.sampled_from(sorted(KINDS)), st.sampled_from(["requester", "other"]))
    targets = st.integers(1, 900).map(lambda n: n * 60)
    run(clocks_agree, 60, random_calendars(), st.lists(told, max_size=8), targets)


@pytest.mark.slow
def test_every_minute_agrees_on_two_thousand_calendars() -> None:
    run(agree, 2000, asked())
