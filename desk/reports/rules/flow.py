"""Arrivals by the days and hours of a zone, and whose hands time was spent in."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from desk.reports.rules.rates import LEAST

QUARTER = 900  # seconds: the offset of every zone is a whole number of them


class Arrivals(Struct, frozen=True):
    """What came and went in a quarter of an hour since 1970."""

    quarter: int
    came: int
    went: int

    def wall(self, zone: ZoneInfo) -> datetime:
        return datetime.fromtimestamp(self.quarter * QUARTER, UTC).astimezone(zone)


class Day(Struct, frozen=True):
    """What came and went on it, and since the period began."""

    day: date
    came: int
    went: int
    all_came: int
    all_went: int


class Hand(Struct, frozen=True):
    """`wall`: microseconds that `n` requests spent with a holder (department, requester, nobody; all: the whole)."""

    holder: str
    department: int | None
    n: int
    wall: int
    longest: int


def by_day(found: Iterable[Arrivals], zone: ZoneInfo, first: date, last: date) -> list[Day]:
    """Each day of the period, cumulated."""
    counts = {first + timedelta(days=n): [0, 0] for n in range((last - first).days + 1)}
    for one in found:
        counted = counts[one.wall(zone).date()]
        counted[0] += one.came
        counted[1] += one.went
    days, came, went = [], 0, 0
    for day, (more, less) in counts.items():
        came, went = came + more, went + less
        days.append(Day(day, more, less, came, went))
    return days


def by_hour(found: Iterable[Arrivals], zone: ZoneInfo) -> list[list[int]]:
    """What came, by weekday (Monday first) and hour; an hour that comes twice counts once more in the same place."""
    counts = [[0] * 24 for _ in range(7)]
    for one in found:
        wall = one.wall(zone)
        counts[wall.weekday()][wall.hour] += one.came
    return counts


def told(hands: Sequence[Hand], own: int) -> list[Hand]:
    """The department's own first, then others, the requester, nobody; departments with fewer than LEAST requests are
    put together (department None), so that it still adds up.
    """
    departments = sorted((one for one in hands if one.department is not None), key=lambda one: one.department != own)
    shown = [one for one in departments if one.n >= LEAST or one.department == own]
    few = [one for one in departments if one not in shown]
    if few:
        together = (sum(one.n for one in few), sum(one.wall for one in few), max(one.longest for one in few))
        shown.append(Hand("department", None, *together))
    return shown + [one for holder in ("requester", "nobody") for one in hands if one.holder == holder]
