"""A slow second opinion on calendars: every minute is looked at by itself. It shares no code with the rules."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from desk.sla.rules.zones import zone

V = TypeVar("V")
MINUTE, DAYS = 60, ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def instant(place: ZoneInfo, day: date, wall: str) -> int:
    """The first instant that shows this wall time; one that is never shown is read with the smaller offset."""
    hours, minutes = wall.split(":")
    naive = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=int(hours), minutes=int(minutes))
    offsets = _offsets(place, day)
    candidates = sorted(naive - offset for offset in offsets)
    shown = [moment for moment in candidates if moment.astimezone(place).replace(tzinfo=UTC) == naive]
    return int((shown[0] if shown else naive - min(offsets)).timestamp())


@cache
def _offsets(place: ZoneInfo, day: date) -> frozenset[timedelta]:
    """Of every hour from two days before a day to four days after its beginning."""
    around = [datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour) for hour in range(-48, 97)]
    return frozenset(moment.astimezone(place).utcoffset() or timedelta() for moment in around)


class Reference:
    """A calendar (JSON values) between two dates; questions must stay inside."""

    def __init__(self, data: dict[str, Any], first: date, last: date) -> None:
        self.data, self.place = data, zone(data["tz"])
        self.days: dict[date, list[int]] = {}  # open minutes of each business day, by their first second
        self.owner: dict[int, date] = {}
        for n in range((last - first).days + 1):
            self._mark(first + timedelta(days=n))
        self.minutes = sorted(self.owner)

    def _mark(self, day: date) -> None:
        hours, breaks = self._hours(day.isoformat(), DAYS[day.weekday()])
        closed = set(self._spans(day, breaks))
        open_minutes = sorted(set(self._spans(day, hours)) - closed)
        if open_minutes:
            self.days[day] = open_minutes
        for minute in open_minutes:
            self.owner.setdefault(minute, day)

    def _hours(self, day: str, weekday: str) -> tuple[list[Any], list[Any]]:
        data = self.data
        breaks = data.get("date_breaks", {}).get(day, [])
        if day in data.get("special", {}):
            return data["special"][day], breaks
        if day in data.get("workdays", {}):
            weekday = data["workdays"][day]
        elif day in data.get("holidays", []):
            return [], []
        return data["weekly"].get(weekday, []), data.get("breaks", []) + breaks

    def _spans(self, day: date, spans: list[Any]) -> Iterator[int]:
        for start, end in spans:
            yield from range(instant(self.place, day, start), instant(self.place, day, end), MINUTE)

    def is_open(self, at: int) -> bool:
        return at - at % MINUTE in self.owner

    def between(self, a: int, b: int) -> int:
        return sum(max(0, min(b, minute + MINUTE) - max(a, minute)) for minute in self.minutes)

    def add(self, at: int, seconds: int) -> int:
        if seconds < 0:
            return self._take(at, -seconds)
        for minute in self.minutes:
            here = max(0, minute + MINUTE - max(at, minute))
            if 0 < seconds <= here:
                return minute + MINUTE - here + seconds
            seconds -= here
        if seconds:
            raise LookupError("beyond the reference")
        return at

    def _take(self, at: int, seconds: int) -> int:
        for minute in reversed(self.minutes):
            here = max(0, min(at, minute + MINUTE) - minute)
            if 0 < seconds <= here:
                return minute + here - seconds
            seconds -= here
        raise LookupError("beyond the reference")

    def next_open(self, at: int) -> int:
        return at if self.is_open(at) else _first(minute for minute in self.minutes if minute > at)

    def prev_open(self, at: int) -> int:
        closes = (minute + MINUTE for minute in reversed(self.minutes) if minute + MINUTE <= at)
        return at if self.is_open(at - 1) else _first(closes)

    def day_of(self, at: int) -> date:
        return self.owner.get(at - at % MINUTE) or datetime.fromtimestamp(at, self.place).date()

    def same_day(self, received: int, cutoff: dict[str, Any] | None = None, extra_days: int = 0) -> int:
        day = self.day_of(received)
        if day not in self.days or received >= self._cutoff(day, cutoff):
            day = _first(other for other in self.days if other > day)
        for _ in range(extra_days):
            day = _first(other for other in self.days if other > day)
        return self.days[day][-1] + MINUTE

    def _cutoff(self, day: date, cutoff: dict[str, Any] | None) -> int:
        minutes = self.days[day]
        match cutoff:
            case {"wall": wall}:
                return min(minutes[-1] + MINUTE, instant(self.place, day, wall))
            case {"before_close_s": left}:
                whole = left // MINUTE
                return minutes[-whole] if 0 < whole <= len(minutes) else minutes[0] if whole else minutes[-1] + MINUTE
        return minutes[-1] + MINUTE

    def half_day(self, received: int) -> int:
        day = self.day_of(self.next_open(received))
        return self.add(received, len(self.days[day]) * MINUTE // 2)

    def elapsed(self, target: int, events: list[dict[str, Any]], at: int) -> tuple[int, int | None]:
        """(business seconds that ran, when they reached the target) for events on whole minutes."""
        ran, reached = 0, None
        for minute in self.minutes:
            if minute < at and _runs([event for event in events if event["t"] <= minute]):
                ran += MINUTE
                reached = minute + MINUTE if reached is None and ran >= target else reached
        return ran, reached


def _first(found: Iterator[V]) -> V:
    for one in found:
        return one
    raise LookupError("beyond the reference")


def _runs(events: list[dict[str, Any]]) -> bool:
    opened = stopped = False
    waiting: set[str] = set()
    for event in sorted(events, key=lambda event: int(event["t"])):
        opened |= event["e"] == "open"
        stopped = event["e"] == "stop" or (stopped and event["e"] != "reopen")
        waiting |= {event["why"]} if event["e"] == "pause" else set()
        waiting -= {event["why"]} if event["e"] == "resume" else set()
    return opened and not stopped and not waiting
