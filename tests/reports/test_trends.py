"""XmR charts: what is news, and that nothing later moves the limits by which a value is judged."""

from hypothesis import given
from hypothesis import strategies as st

from desk.reports.rules.trends import BASE, News, limits, trend

SHARES = st.lists(st.none() | st.integers(0, 100).map(lambda n: n / 100), max_size=60)


def test_limits_are_the_mean_and_2_66_mean_moving_ranges() -> None:
    found = limits([0.5, 0.6] * 3)

    assert found
    assert (round(found.mean, 3), round(found.low, 3), round(found.high, 3)) == (0.55, 0.284, 0.816)
    assert (round(found.step, 3), round(found.longest, 4)) == (0.1, 0.3268)


def test_limits_end_where_a_value_must() -> None:
    found = limits([0.0, 1.0] * 3)

    assert found
    assert (found.low, found.high) == (0.0, 1.0)


def test_five_values_have_no_limits_and_no_news() -> None:
    found = trend([0.9, 0.9, 0.1, 0.9, 0.9])

    assert found.segments[0].limits is None
    assert {one.news for one in found.readings} == {None}


def test_what_leaves_the_limits_is_news() -> None:
    found = trend([0.8, 0.9] * 6 + [0.2, 0.85])

    assert [(n, one.news) for n, one in enumerate(found.readings) if one.news] == [(12, News.BELOW), (13, News.JUMP)]


def test_eight_in_a_row_on_one_side_are_a_shift_and_seven_are_not() -> None:
    base = [0.5, 0.6] * 6

    eight = trend([*base, 0.4, *[0.56] * 8, 0.5])
    seven = trend([*base, 0.4, *[0.56] * 7, 0.5])

    assert [n for n, one in enumerate(eight.readings) if one.news == News.HIGHER] == list(range(13, 21))
    assert {one.news for one in seven.readings} == {None}


def test_a_week_without_a_number_neither_ends_a_run_nor_makes_one() -> None:
    found = trend([*[0.5, 0.6] * 6, 0.4, *[0.56] * 4, None, *[0.56] * 4])

    assert [n for n, one in enumerate(found.readings) if one.news] == [13, 14, 15, 16, 18, 19, 20, 21]


def test_a_marked_change_begins_with_limits_of_its_own() -> None:
    values = [0.5, 0.52] * 6 + [0.9, 0.92] * 6

    without, found = trend(values), trend(values, [12])

    assert without.readings[12].news == News.ABOVE
    assert [(one.first, one.end) for one in found.segments] == [(0, 12), (12, 24)]
    assert {one.news for one in found.readings} == {None}
    assert found.readings[12].moved is None


def test_a_segment_older_than_what_is_shown_keeps_the_limits_of_its_beginning() -> None:
    values = [0.9, 0.92] * 6

    found = trend(values, before=[0.5, 0.52] * 6)

    assert found.segments[0].limits == limits([0.5, 0.52] * 6)
    assert {one.news for one in found.readings} == {News.ABOVE}
    assert trend(values, [0], before=[0.5, 0.52] * 6).segments[0].limits == limits(values)


@given(SHARES, SHARES)
def test_what_comes_later_moves_no_limits_that_stand(values: list[float | None], later: list[float | None]) -> None:
    known = [one for one in values if one is not None]
    if len(known) >= BASE:
        assert limits(values) == limits([*values, *later])


@given(st.integers(0, 100), st.integers(6, 60))
def test_what_never_changes_is_no_news(share: int, n: int) -> None:
    assert {one.news for one in trend([share / 100] * n).readings} == {None}


@given(SHARES, st.sets(st.integers(0, 60)))
def test_segments_share_out_all_values(values: list[float | None], breaks: set[int]) -> None:
    found = trend(values, breaks)

    assert [one.value for one in found.readings] == values
    assert [place for one in found.segments for place in range(one.first, one.end)] == list(range(len(values)))
