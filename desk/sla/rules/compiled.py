"""A calendar laid out as sorted spans with running sums, so that every question is a binary search."""

from bisect import bisect_left, bisect_right

from desk.i18n import Refused
from desk.sla.rules import instants, zones
from desk.sla.rules.calendar import Calendar, without
from desk.sla.rules.line import Day, Line, draw, lay_out

_FIRST, _LAST = 693_596, 803_533  # 1900-01-01 and 2200-12-31: zone data and patience end there
_EDGE = 3  # days at either end whose neighbours' night shifts are not laid out yet


class Compiled:
    """One calendar version, asked in whole seconds since 1970 UTC. Grows by itself beyond its horizon.

    A question that no open time can answer, or outside 1900 to 2200, raises Refused.
    """

    def __init__(self, calendar: Calendar, *, near: int, version: int = 1, behind: int = 200, ahead: int = 720) -> None:
        """Lays out from `behind` days before the instant `near` to `ahead` days after it."""
        self.calendar, self.version, self.zone_data = calendar, version, zones.VERSION
        self.zone = zones.zone(calendar.tz)
        today = self._day_number(near)
        self._first, self._last = max(_FIRST, today - behind - _EDGE), min(_LAST, today + ahead + _EDGE)
        self._walls: dict[tuple[int, int], int] = {}  # cut-offs are asked for again and again
        self._starts_before, self._ends_after = _reach_of(calendar)
        self._days = lay_out(calendar, self.zone, self._first, self._last)
        self._draw()

    def between(self, a: int, b: int) -> int:
        """Business seconds in [a, b); 0 when b <= a."""
        if b <= a:
            return 0
        low, high, starts, ends, after, _ = self._line
        if a < low or b > high:
            low, high, starts, ends, after, _ = self._cover(a, b)
        i = bisect_right(starts, b) - 1
        if i < 0:
            return 0
        total = after[i] - ends[i] + b if b < ends[i] else after[i]
        i = bisect_right(starts, a) - 1
        if i < 0:
            return total
        return total - (after[i] - ends[i] + a if a < ends[i] else after[i])

    def add(self, at: int, seconds: int) -> int:
        """The earliest instant with that much business time since `at` (a close, never the next opening).

        For negative seconds the latest instant with that much business time until `at`; 0 is `at` itself.
        """
        if seconds == 0:
            return at
        low, high, starts, ends, after, _ = self._line
        if at < low or at > high:
            low, high, starts, ends, after, _ = self._cover(at, at)
        i = bisect_right(starts, at) - 1
        wanted = seconds
        if i >= 0:
            wanted += after[i] - ends[i] + at if at < ends[i] else after[i]
        if seconds > 0:
            j = bisect_left(after, wanted)
            if j < len(after):
                return ends[j] - after[j] + wanted
            self._later()
        else:
            if wanted >= 0:
                j = bisect_right(after, wanted)
                return ends[j] - after[j] + wanted
            self._earlier()
        return self.add(at, seconds)

    def next_open(self, at: int) -> int:
        """The earliest open instant at or after `at`."""
        line = self._cover(at, at)
        i = bisect_right(line.ends, at)
        while i == len(line.ends):
            line = self._later()
            i = bisect_right(line.ends, at)
        return max(at, line.starts[i])

    def prev_open(self, at: int) -> int:
        """The latest instant at or before `at` such that the second before it is open."""
        line = self._cover(at, at)
        i = bisect_left(line.starts, at) - 1
        while i < 0:
            line = self._earlier()
            i = bisect_left(line.starts, at) - 1
        return min(at, line.ends[i])

    def is_open(self, at: int) -> bool:
        return self.owner(at) is not None

    def owner(self, at: int) -> int | None:
        """The number of the business day whose shift runs at an instant (of two the earlier), None when closed."""
        line = self._cover(at, at + 1)
        i = bisect_right(line.starts, at) - 1
        return line.owners[i] if i >= 0 and at < line.ends[i] else None

    def spans(self, a: int, b: int) -> list[tuple[int, int]]:
        """Open spans within [a, b), in order."""
        if b <= a:
            return []
        line = self._cover(a, b)
        i, j = bisect_right(line.ends, a), bisect_left(line.starts, b)
        return [(max(a, line.starts[n]), min(b, line.ends[n])) for n in range(i, j)]

    def day_of(self, at: int) -> int:
        """The number of the day that an instant counts as: its owner's when open, else the local date's."""
        low, high, starts, ends, _, owners = self._line
        if at < low or at >= high:
            low, high, starts, ends, _, owners = self._cover(at, at + 1)
        i = bisect_right(starts, at) - 1
        return owners[i] if i >= 0 and at < ends[i] else self._day_number(at)

    def day(self, number: int) -> Day | None:
        """The business day of a number; None when it has no open time."""
        if not self._first <= number <= self._last:
            self._reach(number)
        return self._by_number.get(number)

    def day_after(self, number: int, days: int = 1) -> Day:
        """The n-th business day after a day number; n >= 1."""
        if not self._first <= number <= self._last:
            self._reach(number)
        i = bisect_right(self._numbers, number) + days - 1
        while i >= len(self._days):
            self._later()
            i = bisect_right(self._numbers, number) + days - 1
        return self._days[i]

    def wall(self, number: int, minutes: int) -> int:
        """The instant of a wall time, in minutes after midnight of a day number."""
        key = (number, minutes)
        if key not in self._walls:
            self._walls[key] = zones.instant(self.zone, number, minutes)
        return self._walls[key]

    def _day_number(self, at: int) -> int:
        try:
            return instants.local_day(at, self.zone)
        except (OverflowError, ValueError, OSError):
            raise Refused("sla.out_of_range")

    def _draw(self) -> Line:
        low = zones.instant(self.zone, self._first + _EDGE, 0)
        high = zones.instant(self.zone, self._last - _EDGE + 1, 0)
        self._numbers = [day.number for day in self._days]
        self._by_number = dict(zip(self._numbers, self._days, strict=True))
        self._line = draw(self._days, low, high)
        return self._line

    def _cover(self, a: int, b: int) -> Line:
        """The line, grown until it holds both instants."""
        line = self._line
        while a < line.low:
            line = self._earlier(self._day_number(a))
        while b > line.high:
            line = self._later(self._day_number(b))
        return line

    def _reach(self, number: int) -> None:
        while number < self._first:
            self._earlier(number)
        while number > self._last:
            self._later(number)

    def _later(self, until: int | None = None) -> Line:
        """Doubles the horizon, or more to hold a day; without one, refused where no open time can come any more."""
        if until is None and self._last > self._ends_after:
            raise Refused("sla.no_open_ahead")
        if self._last == _LAST:
            raise Refused("sla.out_of_range")
        last = min(_LAST, max((until or 0) + 2 * _EDGE, 2 * self._last - self._first))
        self._days = self._days + lay_out(self.calendar, self.zone, self._last + 1, last)
        self._last = last
        return self._draw()

    def _earlier(self, until: int | None = None) -> Line:
        """As `_later`, towards the past."""
        if until is None and self._first < self._starts_before:
            raise Refused("sla.no_open_before")
        if self._first == _FIRST:
            raise Refused("sla.out_of_range")
        first = max(_FIRST, min((until or _LAST) - 2 * _EDGE, 2 * self._first - self._last))
        self._days = lay_out(self.calendar, self.zone, first, self._first - 1) + self._days
        self._first = first
        return self._draw()


def _reach_of(calendar: Calendar) -> tuple[int, int]:
    """Days before and after which no open time can come: only hours of single dates end."""
    if any(without(hours, calendar.breaks) for hours in calendar.weekly):
        return _FIRST, _LAST
    return min(calendar.special) - _EDGE, max(calendar.special) + _EDGE
