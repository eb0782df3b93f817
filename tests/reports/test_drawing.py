"""Where the lines of a chart go: on the sheet, in the order of what they show."""

import re

from hypothesis import given
from hypothesis import strategies as st

from desk.reports.rules.drawing.bands import Place, bands
from desk.reports.rules.drawing.bars import bars
from desk.reports.rules.drawing.dots import MOST, field
from desk.reports.rules.drawing.lines import lines
from desk.reports.rules.drawing.paper import Scale, apart, path, stairs, steps
from desk.reports.rules.drawing.parts import GAP, WIDTH, parts
from desk.reports.rules.drawing.xmr import Words, Xmr, xmr
from desk.reports.rules.trends import trend

SHARES = st.lists(st.none() | st.integers(0, 100).map(lambda n: n / 100), min_size=1, max_size=26)


def _drawn(values: list[float | None], breaks: dict[int, str] | None = None) -> Xmr | None:
    labels = [str(n) for n in range(len(values))]
    words = Words("title", "told", [], "", labels, lambda value: f"{100 * value:.0f}%", "mean", breaks or {})
    return xmr(trend(values, breaks or ()), words, most=1.0)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_the_marks_of_an_axis_are_round_and_hold_all_values(low: int, span: int) -> None:
    marks = steps(low, low + span)

    assert marks[0] <= low
    assert low + span <= marks[-1]
    assert 2 <= len(marks) <= 7


def test_a_scale_turns_values_into_places() -> None:
    assert [Scale(0, 10, 100, 0).at(value) for value in (0, 2.5, 10)] == [100, 75, 0]
    assert Scale(3, 3, 100, 0).at(3) == 100


def test_a_missing_value_lifts_the_pen() -> None:
    assert path([(0, 1), (1, 2), None, (3, 4)]) == "M0 1L1 2M3 4"
    assert stairs([(0, 9), (1, 8), (2, 8)]) == "M0 9H1V8H2V8"


@given(st.integers(1, 400), st.integers(1, 12))
def test_the_last_label_is_written_and_no_more_than_have_room(n: int, most: int) -> None:
    written = list(apart(n, most))

    assert written[-1] == n - 1
    assert len(written) <= most


@given(SHARES)
def test_every_value_of_an_xmr_chart_is_on_the_sheet(values: list[float | None]) -> None:
    found = _drawn(values)
    known = [value for value in values if value is not None]

    assert (found is None) == (not known)
    if found:
        assert len(found.dots) == len(known)
        assert all(found.left <= dot.x <= found.right and found.top <= dot.y <= found.split for dot in found.dots)
        assert all(found.split < bar.y <= found.base for bar in found.bars)
        by_value = sorted(zip(known, (dot.y for dot in found.dots), strict=True))
        assert [y for _, y in by_value] == sorted((y for _, y in by_value), reverse=True)


def test_limits_stand_where_their_values_would() -> None:
    found = _drawn([0.5, 0.6] * 6 + [0.1])

    assert found
    (band,) = found.bands
    assert band.high < found.dots[1].y < band.mean < found.dots[0].y < band.low < found.dots[-1].y
    assert [dot.news for dot in found.dots] == [""] * 12 + ["below"]
    assert [tick.words for tick in band.words] == ["82%", "mean 55%", "28%"]


def test_at_a_break_the_line_and_the_limits_begin_anew() -> None:
    found = _drawn([0.5, 0.52] * 6 + [0.9, 0.92] * 6, {12: "1"})

    assert found
    assert found.line.count("M") == 2
    assert [tick.words for tick in found.breaks] == ["1"]
    assert found.bands[0].end == found.bands[1].x == found.breaks[0].at
    assert found.bands[0].words == ()


def test_the_higher_line_has_its_name_above_the_lower_ones() -> None:
    found = lines("t", "d", labels=["1", "2", "3"], series=[("came", [3, 5, 9]), ("left", [1, 4, 9])])

    assert found
    assert found.steps[0].path.count("H") == 2
    assert found.steps[1].end - found.steps[0].end >= 18
    assert lines("t", "d", labels=[], series=[("came", [])]) is None


def test_bars_are_as_long_as_their_numbers() -> None:
    found = bars("t", "d", rows=[("old", 5), ("new", 10), ("none", 0)], old=[0])

    assert found
    assert [bar.width for bar in found.bars] == [160.0, 320.0, 0.0]
    assert [bar.old for bar in found.bars] == [True, False, False]
    assert bars("t", "d", rows=[("old", 0)]) is None


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=4))
def test_parts_fill_the_whole_and_nothing_else(amounts: list[int]) -> None:
    found = parts("t", "d", amounts=amounts)

    assert (found is None) == (not sum(amounts))
    if found:
        assert len(found.parts) == sum(1 for amount in amounts if amount)
        assert all(one.width >= 1 and one.x >= 0 for one in found.parts)
        last = found.parts[-1]
        assert last.x + last.width <= WIDTH + GAP + 1


@given(st.integers(1, MOST), st.data(), st.sampled_from([52, 26]))
def test_each_promise_has_one_sign(n: int, data: st.DataObject, across: int) -> None:
    failed = data.draw(st.integers(0, n))
    found = field(n, failed, across)

    assert found
    assert found.kept.count("M") == n - failed
    assert found.failed.count("M") == 2 * failed
    assert max(map(int, re.findall(r"M\d+ (\d+)h0", found.kept)), default=0) < found.height


def test_nobody_counts_more_than_five_hundred_dots() -> None:
    assert field(MOST + 1, 3) is None
    assert field(0, 0) is None


PLACES = st.tuples(st.integers(0, 90), st.integers(0, 90), st.integers(0, 90)).map(lambda three: tuple(sorted(three)))


@given(st.lists(st.builds(Place, st.just("a day"), st.none() | PLACES, st.none() | st.integers(0, 200)), max_size=30))
def test_every_band_and_dot_is_on_the_sheet_and_a_cross_is_outside_its_band(places: list[Place]) -> None:
    found = bands("title", "told", places)

    assert (found is None) == all(place.foretold is None for place in places)
    if found:
        assert len(found.bands) == sum(place.foretold is not None for place in places)
        assert len(found.dots) == sum(place.came is not None for place in places)
        assert all(0 <= band.high <= band.likely <= band.low <= found.height for band in found.bands)
        assert all(found.left < band.x < band.end < found.right for band in found.bands)
        over = {band.x: band for band in found.bands}
        for dot in found.dots:
            band = next((band for x, band in over.items() if x < dot.x < band.end), None)
            assert dot.held == (band is None or band.high <= dot.y <= band.low)
