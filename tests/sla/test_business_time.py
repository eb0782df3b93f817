"""Business time on one calendar: what counts, and how far a budget reaches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.i18n import Refused
from desk.sla.rules import format, zones
from desk.sla.rules.compiled import Compiled
from tests.sla.calendars import CHANGES, SHIFTING, WEEK, at, compiled, head_office, wall

OFFICE = head_office()
HOUR = 3600
YEAR = st.integers(at("2026-01-01 00:00"), at("2027-06-30 00:00"))
WORK = st.integers(1, 400 * HOUR)
NIGHTS = {"weekly": {day: [["22:00", "30:00"], ["01:30", "03:10"]] for day in ("mon", "wed", "sat", "sun")}}


def at_night(zone: str) -> Compiled:
    return compiled({"tz": zone, **NIGHTS}, at(f"{CHANGES[zone][0]} 12:00", zone))


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-24 09:00", 8, "2026-11-24 18:00"),  # a day's close, not the next opening
        ("2026-11-24 12:30", 1, "2026-11-24 14:00"),
        ("2026-11-27 14:00", 2, "2026-11-27 17:30"),  # a break of that date alone
        ("2026-11-27 17:00", 2, "2026-11-30 10:00"),  # over a weekend
        ("2026-09-30 17:00", 2, "2026-10-08 10:00"),  # over a public holiday
        ("2026-10-09 17:00", 2, "2026-10-10 10:00"),  # into a make-up Saturday
        ("2026-12-31 11:00", 1, "2026-12-31 12:00"),  # hours of that date alone
        ("2026-11-25 10:00", -2, "2026-11-24 17:00"),
        ("2026-11-24 20:00", 0, "2026-11-24 20:00"),
    ],
)
def test_a_budget_reaches(start: str, hours: int, end: str) -> None:
    assert wall(OFFICE.add(at(start), hours * HOUR)) == end


def test_nothing_counts_backwards() -> None:
    assert OFFICE.between(at("2026-11-24 12:00"), at("2026-11-24 09:00")) == 0


def test_the_first_second_is_open_and_the_last_is_not() -> None:
    assert OFFICE.is_open(at("2026-11-24 09:00"))
    assert not OFFICE.is_open(at("2026-11-24 18:00"))
    assert OFFICE.next_open(at("2026-11-24 18:00")) == at("2026-11-25 09:00")
    assert OFFICE.prev_open(at("2026-11-24 18:00")) == at("2026-11-24 18:00")


@pytest.mark.parametrize("zone", SHIFTING)
@given(offset=st.integers(-40 * 86_400, 300 * 86_400), work=WORK)
def test_add_and_between_invert_each_other(zone: str, offset: int, work: int) -> None:
    calendar = at_night(zone)
    start = at("2026-02-10 00:00") + offset
    assert calendar.between(start, calendar.add(start, work)) == work
    assert calendar.between(calendar.add(start, -work), start) == work


def near_changes(zone: str) -> st.SearchStrategy[int]:
    """Instants within two days of a change of clocks."""
    noons = st.sampled_from([at(f"{day} 12:00", zone) for day in CHANGES[zone]])
    return st.builds(int.__add__, noons, st.integers(-2 * 86_400, 2 * 86_400))


@pytest.mark.parametrize("zone", SHIFTING)
@given(data=st.data())
def test_where_clocks_change_a_second_is_open_or_it_does_not_count(zone: str, data: st.DataObject) -> None:
    calendar, moment = at_night(zone), data.draw(near_changes(zone))
    assert calendar.between(moment, moment + 1) == calendar.is_open(moment)


@pytest.mark.parametrize("zone", SHIFTING)
@given(data=st.data())
def test_where_clocks_change_later_is_never_sooner_and_more_is_never_less(zone: str, data: st.DataObject) -> None:
    calendar, (a, b) = at_night(zone), sorted(data.draw(st.tuples(near_changes(zone), near_changes(zone))))
    little, much = sorted(data.draw(st.tuples(WORK, WORK)))
    assert calendar.add(a, little) <= calendar.add(b, little) <= calendar.add(b, much)


@pytest.mark.parametrize("zone", SHIFTING)
@given(data=st.data(), work=WORK)
def test_where_clocks_change_the_instant_that_add_gives_is_the_first(zone: str, data: st.DataObject, work: int) -> None:
    calendar, moment = at_night(zone), data.draw(near_changes(zone))
    assert calendar.between(moment, calendar.add(moment, work) - 1) == work - 1


@pytest.mark.parametrize("zone", SHIFTING)
@given(data=st.data())
def test_where_clocks_change_business_time_adds_up(zone: str, data: st.DataObject) -> None:
    calendar, near = at_night(zone), near_changes(zone)
    a, b, c = sorted(data.draw(st.tuples(near, near, near)))
    assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("America/New_York", "2026-03-08", 5),
        ("America/New_York", "2026-11-01", 7),
        ("Australia/Lord_Howe", "2026-10-04", 5.5),
        ("Australia/Lord_Howe", "2026-04-05", 6.5),
        ("Europe/Dublin", "2026-03-29", 5),
        ("Europe/Dublin", "2026-10-25", 7),
        ("Africa/Casablanca", "2026-02-15", 7),
        ("Africa/Casablanca", "2026-03-22", 5),
    ],
)
def test_six_hours_from_midnight_on_the_day_that_clocks_change(zone: str, day: str, hours: float) -> None:
    noon = at(f"{day} 12:00", zone)
    calendar = compiled({"tz": zone, "weekly": {}, "special": {day: [["00:00", "06:00"]]}}, noon)
    assert calendar.between(noon - 86_400, noon) == hours * HOUR


@given(start=YEAR, work=WORK)
def test_the_instant_that_add_gives_is_the_first(start: int, work: int) -> None:
    assert OFFICE.between(start, OFFICE.add(start, work) - 1) == work - 1


@given(start=YEAR, work=WORK)
def test_the_instant_that_taking_away_gives_is_the_last(start: int, work: int) -> None:
    assert OFFICE.between(OFFICE.add(start, -work) + 1, start) == work - 1


@given(a=YEAR, b=YEAR, work=WORK)
def test_who_starts_earlier_is_due_no_later(a: int, b: int, work: int) -> None:
    assert OFFICE.add(min(a, b), work) <= OFFICE.add(max(a, b), work)


@given(cuts=st.lists(YEAR, min_size=3, max_size=3).map(sorted))
def test_business_time_adds_up(cuts: list[int]) -> None:
    a, b, c = cuts
    assert OFFICE.between(a, b) + OFFICE.between(b, c) == OFFICE.between(a, c)


@given(start=YEAR, end=YEAR)
def test_spans_are_the_business_time(start: int, end: int) -> None:
    assert sum(b - a for a, b in OFFICE.spans(start, end)) == OFFICE.between(start, end)


def test_a_shift_over_the_hour_that_is_skipped_is_an_hour_shorter() -> None:
    night = compiled({"tz": "America/New_York", "weekly": {"sat": [["22:00", "30:00"]]}}, at("2026-03-01 12:00"))
    before, after = (at(f"{day} 12:00", "America/New_York") for day in ("2026-03-07", "2026-03-08"))
    assert night.between(before, after) == 7 * HOUR


def test_lord_howe_moves_its_clocks_by_half_an_hour() -> None:
    night = compiled({"tz": "Australia/Lord_Howe", "weekly": {"sun": [["00:00", "06:00"]]}}, at("2026-10-01 12:00"))
    assert night.between(at("2026-10-03 12:00"), at("2026-10-05 12:00")) == 5.5 * HOUR


def test_two_overlapping_shifts_count_once_and_the_earlier_day_owns_them() -> None:
    calendar = compiled(
        {"tz": "UTC", "weekly": {"mon": [["20:00", "32:00"]], "tue": [["06:00", "10:00"]]}},
        at("2026-11-23 12:00", "UTC"),
    )
    seven = at("2026-11-24 07:00", "UTC")
    assert calendar.between(at("2026-11-23 12:00", "UTC"), at("2026-11-24 12:00", "UTC")) == 14 * HOUR
    assert calendar.day_of(seven) + 1 == calendar.day_of(at("2026-11-24 09:00", "UTC"))


def test_a_calendar_grows_as_far_as_it_is_asked() -> None:
    assert (
        wall(compiled({"tz": "UTC", "weekly": {"mon": [["09:00", "10:00"]]}}, 0).add(0, 520 * HOUR), "UTC")
        == "1979-12-17 10:00"
    )


def test_the_edge_of_what_is_laid_out_shows_nowhere() -> None:
    always = compiled({"tz": "UTC", "weekly": {day: [["00:00", "24:00"]] for day in WEEK}}, at("2026-11-24 00:00"))
    for hour in range(24 * 30):
        moment = at("2026-11-10 00:00") + hour * HOUR
        assert always.is_open(moment)
        assert always.next_open(moment) == always.prev_open(moment) == moment
        assert always.day_of(moment) == moment // 86_400 + 719_163


def test_hours_that_end_are_told_instead_of_searched_for() -> None:
    fair = compiled(
        {"tz": "UTC", "weekly": {}, "special": {"2026-11-24": [["09:00", "10:00"]]}}, at("2026-11-01 00:00")
    )
    with pytest.raises(Refused, match="not enough open time"):
        fair.add(at("2026-11-24 00:00"), HOUR + 1)
    with pytest.raises(Refused, match="not enough open time"):
        fair.prev_open(at("2026-11-24 00:00"))


def test_a_search_ends_with_the_year_2200() -> None:
    with pytest.raises(Refused, match="1900 to 2200"):
        OFFICE.add(at("2026-11-24 00:00"), 10**12)


def test_zone_data_is_newer_than_that_of_this_machine_may_be() -> None:
    morocco = Compiled(format.parse({"tz": "Africa/Casablanca", "weekly": {"thu": [["09:00", "10:00"]]}}), near=0)
    assert morocco.zone_data == zones.VERSION >= "2026f"
    assert (
        wall(morocco.next_open(at("2026-10-01 00:00")), "UTC") == "2026-10-01 09:00"
    )  # +01:00 until 20 September 2026


def test_a_path_is_not_a_zone() -> None:
    with pytest.raises(KeyError):
        zones.zone("/usr/share/zoneinfo/UTC")
