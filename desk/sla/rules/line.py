"""Business days as instants, and all of them on one line with running sums."""

from itertools import accumulate
from typing import NamedTuple
from zoneinfo import ZoneInfo

from desk.sla.rules.calendar import Calendar, Hours, hours_on, without
from desk.sla.rules.zones import instant

Spans = tuple[tuple[int, int], ...]  # [start, end) in seconds since 1970 UTC


class Day(NamedTuple):
    """A business day with all of its own spans, also where a neighbour's night shift covers them."""

    number: int
    spans: Spans

    @property
    def opening(self) -> int:
        return self.spans[0][0]

    @property
    def close(self) -> int:
        return self.spans[-1][1]

    @property
    def seconds(self) -> int:
        return sum(end - start for start, end in self.spans)


class Line(NamedTuple):
    """Disjoint spans within [low, high] in order; `after[i]` is the business time from `low` to `ends[i]`."""

    low: int
    high: int
    starts: list[int]
    ends: list[int]
    after: list[int]
    owners: list[int]


def lay_out(calendar: Calendar, place: ZoneInfo, first: int, last: int) -> list[Day]:
    """The business days from one day number to another."""

    def at(day: int, hours: Hours) -> Spans:
        return tuple((instant(place, day, start), instant(place, day, end)) for start, end in hours)

    found = []
    for number in range(first, last + 1):
        hours, breaks = hours_on(calendar, number)
        if hours and (spans := without(at(number, hours), at(number, breaks))):
            found.append(Day(number, spans))
    return found


def draw(days: list[Day], low: int, high: int) -> Line:
    """What two days cover belongs to the one whose shift began on the earlier date; nothing counts twice."""
    owned = sorted(
        (max(start, low), min(end, high), day.number)
        for n, day in enumerate(days)
        for start, end in without(day.spans, _covered(days[max(0, n - 3) : n], day))
        if start < high and end > low
    )
    return Line(
        low,
        high,
        [start for start, _, _ in owned],
        [end for _, end, _ in owned],
        list(accumulate(end - start for start, end, _ in owned)),
        [owner for _, _, owner in owned],
    )


def _covered(earlier: list[Day], day: Day) -> Spans:
    return tuple(span for other in earlier if other.close > day.opening for span in other.spans)
