"""The same day, half a day, and so many business days later."""

import pytest

from desk.sla.rules import days
from desk.sla.rules.days import AtWall, BeforeClose, Cutoff
from tests.sla.calendars import at, head_office, wall

OFFICE = head_office()
FOUR = AtWall(16 * 60)


@pytest.mark.parametrize(
    ("received", "cutoff", "due"),
    [
        ("2026-11-24 09:12", FOUR, "2026-11-24 18:00"),
        ("2026-11-24 07:00", FOUR, "2026-11-24 18:00"),  # before opening
        ("2026-11-24 12:30", FOUR, "2026-11-24 18:00"),  # at lunch
        ("2026-11-24 15:59", FOUR, "2026-11-24 18:00"),
        ("2026-11-24 16:00", FOUR, "2026-11-25 18:00"),  # the cut-off itself is too late
        ("2026-11-24 17:59", None, "2026-11-24 18:00"),
        ("2026-11-24 18:00", None, "2026-11-25 18:00"),
        ("2026-11-28 10:00", None, "2026-11-30 18:00"),  # a Saturday
        ("2026-10-10 10:00", None, "2026-10-10 18:00"),  # a make-up Saturday
        ("2026-09-30 19:00", None, "2026-10-08 18:00"),  # into the holiday
        ("2026-12-31 10:59", BeforeClose(3600), "2026-12-31 12:00"),  # follows a half day
        ("2026-12-31 11:00", BeforeClose(3600), "2027-01-01 18:00"),
        ("2026-12-31 08:59", BeforeClose(86_400), "2026-12-31 12:00"),  # longer than the day: its opening
        ("2026-12-31 09:00", BeforeClose(86_400), "2027-01-01 18:00"),
        ("2026-12-31 11:30", FOUR, "2026-12-31 12:00"),  # a wall time after the close is the close
    ],
)
def test_a_message_is_answered_by(received: str, cutoff: Cutoff | None, due: str) -> None:
    assert wall(days.same_day(OFFICE, at(received), cutoff)) == due


def test_more_business_days_move_on_from_the_day_it_counts_as() -> None:
    assert wall(days.same_day(OFFICE, at("2026-11-26 17:00"), FOUR, 2)) == "2026-12-01 18:00"


def test_a_message_in_the_night_shift_belongs_to_the_day_that_it_began() -> None:
    nights = head_office(weekly={"mon": [["22:00", "30:00"]]}, breaks=[])
    assert wall(days.same_day(nights, at("2026-11-24 02:00"))) == "2026-11-24 06:00"


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-24 09:00", "2026-11-24 14:00"),
        ("2026-11-24 16:00", "2026-11-25 11:00"),
        ("2026-11-28 10:00", "2026-11-30 14:00"),
        ("2026-12-31 09:00", "2026-12-31 10:30"),  # half of a half day
    ],
)
def test_half_a_day_is_half_the_time_of_that_day(received: str, due: str) -> None:
    assert wall(days.half_day(OFFICE, at(received))) == due


def test_three_business_days_do_not_count_the_day_itself() -> None:
    assert wall(days.close_after(OFFICE, at("2026-11-24 10:00"), 3)) == "2026-11-27 18:00"
    assert wall(days.close_after(OFFICE, at("2026-11-28 10:00"), 3)) == "2026-12-02 18:00"
