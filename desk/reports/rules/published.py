"""What every employee may know of a department: months that have ended, and no count of one to four.

Each group of promises is told as two counts, kept and failed, and nothing is in two groups. A small count is told as
"from one to four" wherever it enters: shares, intervals and sums are computed from what is told here, so nothing can
be reckoned back from them (docs/decisions/0059).
"""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from desk.reports.rules.rates import LEAST
from desk.sla.rules.prediction.quality import wilson

MONTHS = 12
PARTS = ("same_day", "expectation", "rest")
QUARTER = 15 * 60  # seconds: spans are told in steps


class Count(Struct, frozen=True):
    """From `least` to `most`."""

    least: int
    most: int

    def __add__(self, other: "Count") -> "Count":
        return Count(self.least + other.least, self.most + other.most)


NOUGHT = Count(0, 0)


class Share(Struct, frozen=True):
    """Of promises: kept and failed, as far as they are told."""

    kept: Count
    failed: Count

    def __add__(self, other: "Share") -> "Share":
        return Share(self.kept + other.kept, self.failed + other.failed)

    @property
    def n(self) -> Count:
        return self.kept + self.failed

    @property
    def told(self) -> bool:
        return self.n.least >= LEAST

    @property
    def tenths(self) -> tuple[int, int]:
        """The lowest and the highest that it may be, in tenths of a per cent, cut off; where it is told."""
        worst, best = self._ends()
        return 1000 * worst[0] // worst[1], 1000 * best[0] // best[1]

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's, of all that it may be."""
        worst, best = self._ends()
        return wilson(*worst)[0], wilson(*best)[1]

    def _ends(self) -> tuple[tuple[int, int], tuple[int, int]]:
        worst, best = (self.kept.least, self.failed.most), (self.kept.most, self.failed.least)
        return (worst[0], sum(worst)), (best[0], sum(best))


NOTHING = Share(NOUGHT, NOUGHT)


def few(n: int) -> Count:
    return Count(1, LEAST - 1) if 0 < n < LEAST else Count(n, n)


def share(n: int, failed: int) -> Share:
    return Share(few(n - failed), few(failed))


def whole(parts: Iterable[Share]) -> Share:
    return sum(parts, NOTHING)


def step(seconds: int) -> int:
    """Rounded up: the longest of five is one promise's."""
    return -(-seconds // QUARTER) * QUARTER


def months(today: date) -> list[date]:
    """The first days of the twelve months that have ended, oldest first, and of the one that runs."""
    running = today.year * 12 + today.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(running - MONTHS, running + 1)]
