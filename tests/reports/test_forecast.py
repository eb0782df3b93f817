"""Tomorrow's arrivals: as a week before, how sure that is, and that no forecast knows what came later."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desk.reports.rules.forecast import FEWEST, LEAD, NEEDED, Day, forecast, held, looked_back

MONDAY = date(2026, 6, 1)
COUNTS = st.lists(st.integers(0, 40), min_size=90, max_size=140)


def _days(counts: list[int], closed: frozenset[date] = frozenset()) -> list[Day]:
    days = [MONDAY + timedelta(days=n) for n in range(len(counts))]
    return [Day(day, n, day.weekday() < 5 and day not in closed) for day, n in zip(days, counts, strict=True)]


def test_it_is_as_many_as_a_week_before() -> None:
    past = _days([10, 20, 30, 40, 50, 0, 0] * 14)
    day = past[-1].day + timedelta(days=LEAD)

    found = forecast(past, day, is_open=True)

    assert day.weekday() == 1
    assert found
    assert (found.likely, found.low, found.high) == (20, 20, 20)


def test_a_tenth_of_the_errors_lies_on_either_side() -> None:
    """Weeks by turns 10 and 20 a day: a week before is off by ten, up as often as down."""
    past = _days(([10] * 5 + [0, 0] + [20] * 5 + [0, 0]) * 7)

    found = forecast(past, past[-1].day + timedelta(days=LEAD), is_open=True)

    assert found
    assert (found.likely, found.low, found.high) == (20, 10, 30)


def test_a_holiday_is_foretold_from_days_on_which_nobody_works() -> None:
    past = _days([10, 20, 30, 40, 50, 1, 2] * 14)
    day = past[-1].day + timedelta(days=LEAD)

    found = forecast(past, day, is_open=False)

    assert found
    assert found.likely == 2  # the last closed day: no Tuesday was one


def test_after_a_holiday_the_week_before_it_is_looked_at() -> None:
    past = _days([10, 20, 30, 40, 50, 0, 0] * 14)
    day = past[-1].day + timedelta(days=LEAD)
    closed = frozenset({day - timedelta(weeks=1)})
    past = _days([one.n if one.day not in closed else 0 for one in past], closed)

    found = forecast(past, day, is_open=True)

    assert found
    assert found.likely == 20


def test_with_too_few_errors_nothing_is_said() -> None:
    past = _days([3] * 21)

    assert forecast(past, past[-1].day + timedelta(days=LEAD), is_open=False) is None
    assert forecast([], MONDAY, is_open=True) is None


@given(COUNTS, st.data())
def test_what_comes_later_changes_no_earlier_forecast(counts: list[int], data: st.DataObject) -> None:
    place = data.draw(st.integers(LEAD, len(counts) - 1))
    later = data.draw(st.lists(st.integers(0, 40), min_size=len(counts) - place, max_size=len(counts) - place))
    past, other = _days(counts), _days([*counts[: place - LEAD + 1], *later, *later][: len(counts)])
    day = past[place]

    assert forecast(past, day.day, is_open=day.is_open) == forecast(other, day.day, is_open=day.is_open)


@given(COUNTS)
def test_the_interval_is_whole_and_never_below_nothing(counts: list[int]) -> None:
    past = _days(counts)
    looked = looked_back(past, 28)
    hits, n = held(looked)

    for _, found in looked:
        assert found is None or (0 <= found.low <= found.high and found.errors >= FEWEST)
    assert hits <= n <= 28
    assert hits == sum(1 for one, found in looked if found and found.low <= one.n <= found.high)


@given(COUNTS)
def test_what_is_older_than_needed_plays_no_part(counts: list[int]) -> None:
    past = _days(counts)
    day = past[-1].day + timedelta(days=1)

    assert forecast([one for one in past if one.day >= day - NEEDED], day, is_open=True) == forecast(
        past, day, is_open=True
    )


def test_four_in_five_hold_where_days_are_alike() -> None:
    """A long made-up year without trend: the hit rate is what the interval says, or more for ties."""
    counts = [(n * n * 7 + n * 13) % 23 for n in range(420)]
    hits, n = held(looked_back(_days(counts), 300))

    assert n == 300
    assert 0.75 <= hits / n <= 0.95
