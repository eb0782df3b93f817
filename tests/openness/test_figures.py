"""Intervals, lights, medians and days, against values worked out elsewhere."""

from datetime import UTC, date, datetime

import pytest

from desk.openness.rules import months
from desk.openness.rules.cells import Count, few
from desk.openness.rules.lights import Light, light, overdue_light, share
from desk.openness.rules.waiting import Wait, median


@pytest.mark.parametrize(
    ("opened", "shut", "low", "high"),
    [  # Newcombe (1998), Two-sided confidence intervals for the single proportion, table I, method 3
        (81, 182, 0.2553, 0.3662),
        (15, 133, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
    ],
)
def test_the_interval_is_wilsons(opened: int, shut: int, low: float, high: float) -> None:
    found = share(Count(opened, opened), Count(shut, shut))

    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert found.least == found.most == opened / (opened + shut)


def test_of_ranges_the_interval_is_that_of_whatever_they_may_be() -> None:
    found = share(Count(36, 39), few(3))
    likely = [share(Count(n, n), Count(40 - n, 40 - n)) for n in (36, 37, 38, 39)]

    assert found is not None
    assert (round(found.least, 3), round(found.most, 3)) == (0.9, 0.975)
    assert all(one and found.low <= one.low and one.high <= found.high for one in likely)


@pytest.mark.parametrize(
    ("opened", "shut", "lit"),
    [
        (95, 5, Light.GREEN),
        (40, 60, Light.RED),
        (85, 15, Light.YELLOW),
        (75, 25, Light.YELLOW),
        (9, 0, Light.NONE),
        (0, 0, Light.NONE),
    ],
)
def test_a_light_says_only_what_is_certain(opened: int, shut: int, lit: Light) -> None:
    assert light(Count(opened, opened), Count(shut, shut)) == lit


def test_of_what_is_withheld_there_is_no_verdict() -> None:
    assert share(None, None) is None
    assert light(None, None) == Light.NONE


def test_the_target_of_what_is_overdue_is_none_at_all() -> None:
    assert [overdue_light(few(n)) for n in (0, 1, 9)] == [Light.GREEN, Light.RED, Light.RED]


def test_the_median_counts_what_is_still_shut_as_waiting() -> None:
    """Six open after 10, 20, 30, 40, 50, 60 days and six are shut still: half has opened on the last day."""
    opened = [Wait(10 * n, True, 1) for n in range(1, 7)]

    assert median(opened) == 30
    assert median([*opened, Wait(90, False, 6)]) == 60
    assert median([*opened, Wait(90, False, 7)]) is None
    assert median([*opened, Wait(5, False, 7)]) == 30


def test_what_opens_on_a_day_has_waited_for_it_with_what_is_shut_on_it() -> None:
    assert median([Wait(90, True, 5), Wait(90, False, 5)]) == 90
    assert median([Wait(90, True, 5), Wait(90, False, 6)]) is None


def test_below_five_that_opened_there_is_no_median() -> None:
    assert median([Wait(90, True, 4)]) is None
    assert median([]) is None


def test_a_day_counts_when_it_has_ended_in_every_zone() -> None:
    assert months.until(datetime(2026, 11, 20, 11, 59, tzinfo=UTC)) == date(2026, 11, 19)
    assert months.until(datetime(2026, 11, 20, 12, 0, tzinfo=UTC)) == date(2026, 11, 20)


def test_twelve_months_are_told_with_the_one_that_has_begun() -> None:
    told = months.months(date(2026, 3, 2))

    assert (told[0], told[-1], len(told)) == (date(2025, 4, 1), date(2026, 3, 1), 12)
    assert months.months(date(2026, 3, 1))[-1] == date(2026, 2, 1)
