"""What of a period is read from what was rolled, and what is counted from the ledger."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import groupby

from msgspec import Struct

from desk.reports.rules.periods import Period

VERSION = 1  # of what is rolled: raise it when `reported` or a length is counted otherwise
_DAY = timedelta(days=1)
StartOf = Callable[[date], datetime]


class Rolls(Struct, frozen=True):
    """A department's days from `first` on and before `until` are rolled, but for `late` ones."""

    first: date
    until: date
    late: frozenset[date]

    def hold(self, day: date) -> bool:
        return self.first <= day < self.until and day not in self.late


class Span(Struct, frozen=True):
    """Counted from the ledger; `week` 0 is the first that the period touches."""

    department: int
    week: int
    since: datetime
    until: datetime


class Days(Struct, frozen=True):
    """Rolled days, both ends count; `grain`: how their lengths are read."""

    department: int
    week: int
    first: date
    last: date
    grain: str = "day"


class Pieces(Struct, frozen=True):
    """`cells` ends at ends of weeks, `lengths` takes whole months as such; both are all that is rolled."""

    spans: list[Span]
    cells: list[Days]
    lengths: list[Days]


def pieces(department: int, period: Period, rolls: Rolls | None, start_of: StartOf) -> Pieces:
    monday = period.weeks()[0]
    days = [period.first + n * _DAY for n in range((period.end - period.first).days)]
    kept = [day for day in days if rolls is not None and rolls.hold(day)]
    rolled = set(kept)

    def week(day: date) -> int:
        return (day - monday).days // 7

    spans = [
        Span(department, week(first), start_of(first), start_of(last + _DAY))
        for first, last in _runs((day for day in days if day not in rolled), week)
    ]
    cells = [Days(department, week(first), first, last) for first, last in _runs(kept, week)]
    lengths = [
        Days(department, 0, first, first, "month") if _whole(first, last) else Days(department, 0, first, last)
        for first, last in _runs(kept, lambda day: (day.year, day.month))
    ]
    return Pieces(spans, cells, lengths)


def together(lot: Iterable[Pieces]) -> Pieces:
    """Of several departments."""
    every = list(lot)
    return Pieces(
        [one for part in every for one in part.spans],
        [one for part in every for one in part.cells],
        [one for part in every for one in part.lengths],
    )


def to_roll(begun: date, today: date, rolls: Rolls | None) -> list[tuple[date, date]]:
    """What has ended and is not rolled, or has changed since: runs within a month, the oldest first."""
    begun = min(begun, rolls.first) if rolls else begun
    days = (begun + n * _DAY for n in range((today - begun).days))
    return _runs((day for day in days if rolls is None or not rolls.hold(day)), lambda day: (day.year, day.month))


def _runs(days: Iterable[date], of: Callable[[date], object]) -> list[tuple[date, date]]:
    """First and last of days that follow one another within the same week, or month."""
    found = []
    for _, lot in groupby(enumerate(days), key=lambda at: (at[1] - at[0] * _DAY, of(at[1]))):
        run = [day for _, day in lot]
        found.append((run[0], run[-1]))
    return found


def _whole(first: date, last: date) -> bool:
    return first.day == 1 and (last + _DAY).day == 1
