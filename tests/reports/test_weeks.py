"""Which weeks a trend shows: whole ones only, and those of which its limits are made."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desk.reports.rules.weeks import SHOWN, WEEK, places, weeks

FRIDAY = date(2026, 11, 20)
LONG_AGO = date(2025, 1, 1)


def test_the_last_week_shown_has_ended() -> None:
    assert weeks(FRIDAY, began=None, breaks=()).shown[-1] == date(2026, 11, 9)
    assert weeks(date(2026, 11, 22), began=None, breaks=()).shown[-1] == date(2026, 11, 9)
    assert weeks(date(2026, 11, 23), began=None, breaks=()).shown[-1] == date(2026, 11, 16)


def test_limits_are_made_of_the_weeks_with_which_all_began() -> None:
    found = weeks(FRIDAY, began=LONG_AGO, breaks=())

    assert found.before[0] == date(2024, 12, 30)
    assert found.before[-1] == found.shown[0] - WEEK
    assert len(found.shown) == SHOWN


def test_or_of_those_after_the_last_marked_change() -> None:
    found = weeks(FRIDAY, began=LONG_AGO, breaks=[date(2026, 1, 7), date(2026, 3, 2), date(2026, 10, 1)])

    assert found.before[0] == date(2026, 3, 2)
    assert found.before[-1] == found.shown[0] - WEEK


def test_a_change_within_a_week_counts_from_the_next_one() -> None:
    shown = weeks(FRIDAY, began=None, breaks=()).shown

    assert places([date(2026, 11, 9)], shown) == {25: [date(2026, 11, 9)]}
    assert places([date(2026, 11, 3), date(2026, 11, 4)], shown) == {25: [date(2026, 11, 3), date(2026, 11, 4)]}
    assert places([date(2026, 11, 10)], shown) == {}


@given(st.dates(date(2024, 1, 1), FRIDAY), st.lists(st.dates(date(2024, 1, 1), FRIDAY)), st.integers(0, 200))
def test_no_week_is_counted_twice(began: date, breaks: list[date], later: int) -> None:
    found = weeks(FRIDAY + timedelta(days=later), began=began, breaks=breaks)
    every = [*found.before, *found.shown]

    assert every == sorted(set(every))
    assert all(day.weekday() == 0 for day in every)
    assert every == [every[0] + n * WEEK for n in range(len(every))]
