"""Periods and shares, against values worked out by hand."""

from datetime import date

import pytest

from desk.i18n import Invalid
from desk.reports.rules import periods
from desk.reports.rules.periods import Period
from desk.reports.rules.rates import Rate

TODAY = date(2026, 11, 29)


def test_without_words_it_is_the_month_until_today() -> None:
    assert periods.read("", "", today=TODAY) == Period(date(2026, 11, 1), TODAY)


def test_with_an_end_alone_it_is_the_month_of_the_end() -> None:
    assert periods.read("", "2026-09-10", today=TODAY) == Period(date(2026, 9, 1), date(2026, 9, 10))


def test_with_a_beginning_alone_it_goes_until_today() -> None:
    assert periods.read("2026-09-10", "", today=TODAY) == Period(date(2026, 9, 10), TODAY)
    assert periods.read("2026-12-10", "", today=TODAY) == Period(date(2026, 12, 10), date(2026, 12, 10))


@pytest.mark.parametrize(
    ("first", "last", "key"),
    [
        ("2026-11-02", "2026-11-01", "reports.ends_before"),
        ("2020-01-01", "2026-11-01", "reports.too_long"),
        ("2026-02-30", "", "reports.no_day"),
        ("", "0001-01-01", "reports.no_day"),
    ],
)
def test_what_is_no_period_is_refused_in_words(first: str, last: str, key: str) -> None:
    with pytest.raises(Invalid) as refused:
        periods.read(first, last, today=TODAY)

    assert refused.value.sentence.key == key


def test_weeks_begin_on_monday_and_end_with_the_period() -> None:
    period = Period(date(2026, 11, 1), date(2026, 11, 10))  # a Sunday, a Tuesday

    assert period.weeks() == [date(2026, 10, 26), date(2026, 11, 2), date(2026, 11, 9)]
    assert [period.within(monday) for monday in period.weeks()] == [
        Period(date(2026, 11, 1), date(2026, 11, 1)),
        Period(date(2026, 11, 2), date(2026, 11, 8)),
        Period(date(2026, 11, 9), date(2026, 11, 10)),
    ]


def test_three_failures_are_never_rounded_away() -> None:
    assert Rate(7509, 7512).tenths == 999
    assert Rate(7512, 7512).tenths == 1000


def test_below_five_no_share_is_told() -> None:
    assert not Rate(4, 4).told
    assert Rate(5, 5).told


@pytest.mark.parametrize(
    ("word", "first", "last"),
    [
        ("this_week", "2026-11-23", "2026-11-29"),
        ("last_week", "2026-11-16", "2026-11-22"),
        ("this_month", "2026-11-01", "2026-11-29"),
        ("last_month", "2026-10-01", "2026-10-31"),
        ("last_quarter", "2026-07-01", "2026-09-30"),
        ("last_12_weeks", "2026-08-31", "2026-11-22"),
    ],
)
def test_usual_periods_are_called_by_a_word(word: str, first: str, last: str) -> None:
    assert periods.named(word, today=TODAY) == Period(date.fromisoformat(first), date.fromisoformat(last))


def test_what_came_before_january_was_last_year() -> None:
    assert periods.named("last_month", today=date(2027, 1, 15)) == Period(date(2026, 12, 1), date(2026, 12, 31))
    assert periods.named("last_quarter", today=date(2027, 2, 15)) == Period(date(2026, 10, 1), date(2026, 12, 31))
    assert periods.named("last_month", today=date(2027, 3, 31)) == Period(date(2027, 2, 1), date(2027, 2, 28))
