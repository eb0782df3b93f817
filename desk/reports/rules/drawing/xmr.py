"""An XmR chart: values above with their limits, moving ranges below."""

import math
from collections.abc import Callable, Sequence
from typing import ClassVar

from msgspec import Struct

from desk.reports.rules.drawing.paper import Scale, Tick, apart, path, steps
from desk.reports.rules.trends import HAIR, RUNS, Segment, Trend

WIDTH, HEIGHT, LEFT, RIGHT, TOP, SPLIT, GAP, FOOT = 720, 440, 66, 84, 22, 286, 44, 34
_MIDDLE = 14  # of the first and last value from the edges


class Dot(Struct, frozen=True):
    """`news`: above, below, higher, lower, jump or "": what is news has another shape, not only another colour.

    `words`: its value; none within a run, where there is no room.
    """

    x: float
    y: float
    news: str
    words: str


class Bar(Struct, frozen=True):
    x: float
    y: float
    news: bool


class Band(Struct, frozen=True):
    """The limits between two breaks: places, and their words (only of the last, at the right edge)."""

    x: float
    end: float
    mean: float
    low: float
    high: float
    longest: float
    words: tuple[Tick, ...]


class Xmr(Struct, frozen=True, kw_only=True):
    """`breaks`: where something was changed, each with the number under which it is told; `news`: in sentences.

    `marks`: the address where changes are marked.
    """

    template: ClassVar[str] = "reports/charts/xmr.html"
    width: ClassVar[int] = WIDTH
    height: ClassVar[int] = HEIGHT
    left: ClassVar[int] = LEFT
    right: ClassVar[int] = WIDTH - RIGHT
    top: ClassVar[int] = TOP
    split: ClassVar[int] = SPLIT
    base: ClassVar[int] = HEIGHT - FOOT
    title: str
    told: str
    news: Sequence[str]
    marks: str
    grid: tuple[Tick, ...]
    bands: tuple[Band, ...]
    line: str
    dots: tuple[Dot, ...]
    bars: tuple[Bar, ...]
    labels: tuple[Tick, ...]
    breaks: tuple[Tick, ...]


class Words(Struct, frozen=True):
    """`labels`: one for each value; `number`: how a value is written; `breaks`: place -> number beneath the chart."""

    title: str
    told: str
    news: Sequence[str]
    marks: str
    labels: Sequence[str]
    number: Callable[[float], str]
    mean: str
    breaks: dict[int, str]


def xmr(found: Trend, words: Words, *, most: float | None = None) -> Xmr | None:
    """`most`: what no value exceeds. None when there is nothing to draw."""
    values = [one.value for one in found.readings if one.value is not None]
    if not values:
        return None
    across = Scale(0, max(1, len(found.readings) - 1), LEFT + _MIDDLE, WIDTH - RIGHT - _MIDDLE)
    marks = _marks(values, found.segments, most)
    up, down = Scale(marks[0], marks[-1], SPLIT, TOP), _ranges(found)
    places = [_place(n, one.value, across, up) for n, one in enumerate(found.readings)]
    return Xmr(
        title=words.title, told=words.told, news=words.news, marks=words.marks,
        grid=tuple(Tick(up.at(value), words.number(value)) for value in marks),
        bands=tuple(_band(one, found, (across, up, down), words) for one in found.segments if one.limits),
        line="".join(path(places[one.first : one.end]) for one in found.segments),
        dots=_dots(found, places, words.number),
        bars=_bars(found, across, down),
        labels=tuple(Tick(across.at(n), words.labels[n]) for n in apart(len(words.labels), 7)),
        breaks=tuple(Tick(across.at(place - 0.5), told) for place, told in sorted(words.breaks.items())),
    )  # fmt: skip


def _marks(values: Sequence[float], segments: Sequence[Segment], most: float | None) -> list[float]:
    edges = [edge for one in segments if one.limits for edge in (one.limits.low, one.limits.high)]
    marks = steps(min([*values, *edges]), max([*values, *edges]))
    return (
        marks
        if most is None or len([one for one in marks if one <= most]) < 2
        else [one for one in marks if one <= most]
    )


def _ranges(found: Trend) -> Scale:
    moved = [one.moved for one in found.readings if one.moved is not None]
    longest = [one.limits.longest for one in found.segments if one.limits]
    return Scale(0, max([*moved, *longest, 1e-9]), HEIGHT - FOOT, SPLIT + GAP)


def _place(n: int, value: float | None, across: Scale, up: Scale) -> tuple[float, float] | None:
    return None if value is None else (across.at(n), up.at(value))


def _dots(
    found: Trend, places: Sequence[tuple[float, float] | None], number: Callable[[float], str]
) -> tuple[Dot, ...]:
    lot = zip(found.readings, places, strict=True)
    told = [(one.news, "" if one.news in RUNS else number(one.value or 0.0), place) for one, place in lot if place]
    return tuple(Dot(*place, news or "", words) for news, words, place in told)


def _bars(found: Trend, across: Scale, down: Scale) -> tuple[Bar, ...]:
    drawn = []
    for part in found.segments:
        longest = part.limits.longest if part.limits else math.inf
        for n in range(part.first, part.end):
            moved = found.readings[n].moved
            if moved is not None:
                drawn.append(Bar(across.at(n), down.at(moved), moved > longest + HAIR))
    return tuple(drawn)


def _band(one: Segment, found: Trend, scales: tuple[Scale, Scale, Scale], words: Words) -> Band:
    across, up, down = scales
    by = one.limits
    assert by
    last = one.end == len(found.readings)
    edge = WIDTH - RIGHT if last else across.at(one.end - 0.5)
    told = (("", by.high), (words.mean, by.mean), ("", by.low)) if last else ()
    ticks = _spread([Tick(up.at(value), f"{name} {words.number(value)}".strip()) for name, value in told])
    start = LEFT if one.first == 0 else across.at(one.first - 0.5)
    return Band(start, edge, up.at(by.mean), up.at(by.low), up.at(by.high), down.at(by.longest), ticks)


def _spread(ticks: list[Tick]) -> tuple[Tick, ...]:
    """From top to bottom, so far apart that each can be read; what says the same as the one before is left out."""
    found: list[Tick] = []
    for one in ticks:
        if found and found[-1].words == one.words:
            continue
        found.append(Tick(max(one.at, found[-1].at + 16), one.words) if found else one)
    return tuple(found)
