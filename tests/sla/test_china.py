from datetime import date, timedelta

from desk.sla.rules.china import holidays_of_china, official_until

# General Office of the State Council, 国办发明电〔2025〕7号: days off in 2026
OFF_2026 = [("01-01", 3), ("02-15", 9), ("04-04", 3), ("05-01", 5), ("06-19", 3), ("09-25", 3), ("10-01", 7)]
MADE_UP_2026 = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]


def test_the_days_off_of_2026_are_those_of_the_state_council():
    expected = [
        (date.fromisoformat(f"2026-{first}") + timedelta(days=n)).isoformat()
        for first, days in OFF_2026
        for n in range(days)
    ]
    assert holidays_of_china([2026]).holidays == expected


def test_the_make_up_days_of_2026_run_with_the_hours_of_the_day_off_they_pay_for():
    workdays = holidays_of_china([2026]).workdays
    assert list(workdays) == MADE_UP_2026
    assert workdays["2026-02-28"] == "mon"  # for Monday 23 February


def test_a_year_without_published_make_up_days_is_not_official():
    assert official_until([2025, 2026, 2040]) == date(2026, 12, 31)
    assert official_until([2040]) is None
    assert holidays_of_china([2040]).workdays == {}
