"""Charts as they stand on a page: an image with a title and a description, no style and no script in it, no sign known by colour alone."""

import re
from xml.etree import ElementTree

import pytest

from desk.reports.rules.drawing import Chart
from desk.reports.rules.drawing.bars import bars
from desk.reports.rules.drawing.lines import lines
from desk.reports.rules.drawing.parts import parts
from desk.reports.rules.drawing.xmr import Words, xmr
from desk.reports.rules.trends import trend
from desk.web.templates import Templates

_SVG = "{http://www.w3.org/2000/svg}"


def _xmr() -> Chart | None:
    values = [0.8, 0.9] * 6 + [0.2, 0.85]
    labels = [f"week {n}" for n in range(14)]
    words = Words(
        "a <title>", "what is seen", ["news"], "/changes", labels, lambda value: f"{value:.1f}", "mean", {6: "1"}
    )
    return xmr(trend(values, [6]), words)


CHARTS = {
    "xmr": _xmr(),
    "lines": lines(
        "a <title>", "what is seen", labels=["1", "2", "3"], series=[("came", [3, 5, 9]), ("left", [1, 4, 9])]
    ),
    "bars": bars("a <title>", "what is seen", rows=[("old", 5), ("new", 10)], old=[0]),
    "parts": parts("a <title>", "what is seen", amounts=[5, 3, 0, 2], keys=[1, 2, 3, 4]),
}


def _drawn(chart: Chart | None, language: str = "en") -> str:
    assert chart
    return Templates(language).get_template(chart.template).render(chart=chart, name="hands", lang=language)


def _svg(page: str) -> ElementTree.Element:
    found = re.search(r"<svg.*</svg>", page, re.S)
    assert found
    return ElementTree.fromstring(found[0].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


@pytest.mark.parametrize("kind", CHARTS)
def test_it_is_an_image_with_a_title_and_a_description(kind: str) -> None:
    svg = _svg(_drawn(CHARTS[kind]))
    named = {one.get("id"): one.text for one in svg.iter() if one.get("id")}

    assert svg.get("role") == "img"
    assert [named[one] for one in (svg.get("aria-labelledby") or "").split()] == ["a <title>", "what is seen"]


@pytest.mark.parametrize("kind", CHARTS)
def test_it_carries_no_style_no_script_and_no_colour_of_its_own(kind: str) -> None:
    for one in _svg(_drawn(CHARTS[kind])).iter():
        assert one.tag not in {f"{_SVG}style", f"{_SVG}script"}
        assert not {name for name in one.attrib if name in {"style", "stroke"} or name.startswith("on")}
        assert one.get("fill", "url(#hands-hatch)") == "url(#hands-hatch)"


def test_news_has_another_shape_than_the_usual() -> None:
    classes = [one.get("class") for one in _svg(_drawn(CHARTS["xmr"])).iter()]

    assert classes.count("chart__signal") + classes.count("chart__point") == 14
    assert {one.tag for one in _svg(_drawn(CHARTS["xmr"])).iter() if one.get("class") == "chart__point"} == {
        f"{_SVG}circle"
    }


def test_the_second_line_is_dashed_and_both_are_named() -> None:
    svg = _svg(_drawn(CHARTS["lines"]))

    assert [one.get("class") for one in svg.iter() if (one.get("class") or "").startswith("chart__line")] == [
        "chart__line", "chart__line chart__line--second",
    ]  # fmt: skip
    assert {"came", "left"} <= {one.text for one in svg.iter() if one.tag == f"{_SVG}text"}


@pytest.mark.parametrize("kind", ["bars", "parts"])
def test_what_should_worry_is_hatched(kind: str) -> None:
    assert _drawn(CHARTS[kind]).count('fill="url(#hands-hatch)"') == 1
