"""Trends as XmR charts: what lies within the limits is the usual up and down, and no news.

Wheeler, Understanding Variation (1993): limits are the mean plus and minus 2.66 times the mean moving range, that of
the moving range is 3.268 times its mean; eight in a row on one side of the mean are a shift. Limits are made once, of
the first BASE values after a break, and stand until the next one: news never moves the limits by which it is news.
"""

import math
from collections.abc import Collection, Sequence
from enum import StrEnum
from itertools import groupby, pairwise

from msgspec import Struct

FACTOR, RANGE_FACTOR, RUN = 2.66, 3.268, 8
BASE, FEWEST = 12, 6  # values of which limits are made, and without which there are none
HAIR = 1e-9  # what adding up floats may cost


class News(StrEnum):
    ABOVE, BELOW = "above", "below"  # the limits
    HIGHER, LOWER = "higher", "lower"  # eight or more in a row beyond the mean
    JUMP = "jump"  # from the value before, further than such steps go


RUNS = (News.HIGHER, News.LOWER)


class Limits(Struct, frozen=True):
    """`low`, `high`: cut at what a value can be; `step`, `longest`: mean and limit of the moving range."""

    mean: float
    low: float
    high: float
    step: float
    longest: float


class Segment(Struct, frozen=True):
    """Values from place `first` on and before `end`, between two breaks; limits are made of `n` values, and there are
    none where these are too few.
    """

    first: int
    end: int
    limits: Limits | None
    n: int

    @property
    def stands(self) -> bool:
        """Nothing that comes later moves its limits."""
        return self.n == BASE


class Reading(Struct, frozen=True):
    """A value, how far it is from the one before in its segment, and what is news in it."""

    value: float | None
    moved: float | None
    news: News | None


class Trend(Struct, frozen=True):
    segments: tuple[Segment, ...]
    readings: tuple[Reading, ...]


def limits(values: Sequence[float | None], *, least: float = 0.0, most: float = 1.0) -> Limits | None:
    """Of the first BASE that are not None, in their order; None for fewer than FEWEST."""
    base = _base(values)
    if len(base) < FEWEST:
        return None
    mean = math.fsum(base) / len(base)
    step = math.fsum(abs(b - a) for a, b in pairwise(base)) / (len(base) - 1)
    reach = FACTOR * step
    return Limits(mean, max(least, mean - reach), min(most, mean + reach), step, RANGE_FACTOR * step)


def _base(values: Sequence[float | None]) -> list[float]:
    return [value for value in values if value is not None][:BASE]


def trend(
    values: Sequence[float | None],
    breaks: Collection[int] = (),
    *,
    before: Sequence[float | None] = (),
    least: float = 0.0,
    most: float = 1.0,
) -> Trend:
    """Of values in time, oldest first; None: nothing to say of that one.

    `breaks`: places from which on all is different; `before`: how the first segment began, where that is older.
    """
    ends = sorted({place for place in breaks if 0 < place < len(values)} | {len(values)})
    segments, readings, first = [], [], 0
    for end in ends if values else ():
        lot = values[first:end]
        old = before if first == 0 and 0 not in breaks else ()
        found = limits([*old, *lot], least=least, most=most)
        segments.append(Segment(first, end, found, len(_base([*old, *lot]))))
        readings += _readings(lot, found)
        first = end
    return Trend(tuple(segments), tuple(readings))


def _readings(values: Sequence[float | None], by: Limits | None) -> list[Reading]:
    shifted = _shifted(values, by.mean) if by else {}
    found: list[Reading] = []
    last: float | None = None
    for place, value in enumerate(values):
        moved = abs(value - last) if value is not None and last is not None else None
        news = _beyond(value, moved, by) or shifted.get(place) if by and value is not None else None
        found.append(Reading(value, moved, news))
        last = value if value is not None else last
    return found


def _beyond(value: float, moved: float | None, by: Limits) -> News | None:
    if value < by.low - HAIR:
        return News.BELOW
    if value > by.high + HAIR:
        return News.ABOVE
    return News.JUMP if moved is not None and moved > by.longest + HAIR else None


def _shifted(values: Sequence[float | None], mean: float) -> dict[int, News]:
    """By place; a missing value neither ends a run nor counts in it."""
    told = [(place, value - mean) for place, value in enumerate(values) if value is not None]
    found: dict[int, News] = {}
    for side, lot in groupby(told, key=lambda one: (one[1] > HAIR) - (one[1] < -HAIR)):
        places = [place for place, _ in lot]
        if side and len(places) >= RUN:
            found |= dict.fromkeys(places, News.HIGHER if side > 0 else News.LOWER)
    return found
