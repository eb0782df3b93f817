"""What all charts share: a scale with round numbers, labels, paths."""

import math
from collections.abc import Iterable, Sequence

from msgspec import Struct


class Tick(Struct, frozen=True):
    """A place on an axis and what is written there."""

    at: float
    words: str


class Scale(Struct, frozen=True):
    """Values from `low` to `high` on a line from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.0
        return round(self.start + share * (self.end - self.start), 1)


def steps(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers (1, 2, 5 times a power of ten) around `low` to `high`, at most `most` steps between them."""
    span = max(high - low, 1e-6)
    power = 10.0 ** math.floor(math.log10(span / most))
    step = next(power * n for n in (1, 2, 5, 10, 20) if span / (power * n) <= most)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(n * step, 9) for n in range(first, max(last, first + 1) + 1)]


def counts(most: int) -> list[float]:
    """Round whole numbers from 0 to no less than `most`."""
    return steps(0, max(most, 4), 4)


def path(places: Iterable[tuple[float, float] | None]) -> str:
    """Lines from place to place; None lifts the pen."""
    drawn, down = [], False
    for place in places:
        if place is not None:
            drawn.append(f"{'L' if down else 'M'}{place[0]:g} {place[1]:g}")
        down = place is not None
    return "".join(drawn)


def stairs(places: Sequence[tuple[float, float]]) -> str:
    """A step line: it stays as it is until the next place."""
    drawn = [f"M{places[0][0]:g} {places[0][1]:g}"] if places else []
    return "".join(drawn + [f"H{x:g}V{y:g}" for x, y in places[1:]])


def apart(n: int, most: int) -> range:
    """Which of `n` labels are written so that there are at most `most`: the last one, and others evenly before it."""
    step = max(1, math.ceil(n / most))
    return range((n - 1) % step, n, step)
