"""The business calendar: which hours a day has, by the precedence of the calendar format."""

from msgspec import Struct

Hours = tuple[tuple[int, int], ...]  # minutes after midnight; past 1440 is the next day
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Calendar(Struct, frozen=True, kw_only=True):
    """Days are day numbers (date.toordinal), weekdays 0 (Monday) to 6."""

    tz: str
    weekly: tuple[Hours, ...]
    breaks: Hours = ()
    holidays: frozenset[int] = frozenset()
    workdays: dict[int, int] = {}
    special: dict[int, Hours] = {}
    date_breaks: dict[int, Hours] = {}


def hours_on(calendar: Calendar, day: int) -> tuple[Hours, Hours]:
    """(hours, breaks taken out of them) of the shift that starts on a day: special > make-up day > holiday > weekly."""
    late_breaks = calendar.date_breaks.get(day, ())
    if day in calendar.special:
        return calendar.special[day], late_breaks
    weekday = calendar.workdays.get(day)
    if weekday is None:
        if day in calendar.holidays:
            return (), ()
        weekday = (day + 6) % 7
    return calendar.weekly[weekday], calendar.breaks + late_breaks


def without(hours: Hours, breaks: Hours) -> Hours:
    """Spans (of any unit) minus breaks, sorted, overlaps counted once, empty ones gone."""
    left: list[tuple[int, int]] = []
    for start, end in sorted(hours):
        if left and start <= left[-1][1]:
            start, end = left[-1][0], max(left[-1][1], end)
            left.pop()
        if start < end:
            left.append((start, end))
    for away, back in breaks:
        if away < back:
            left = [
                part
                for start, end in left
                for part in ((start, min(end, away)), (max(start, back), end))
                if part[0] < part[1]
            ]
    return tuple(left)


def opens(calendar: Calendar) -> bool:
    """Whether there is any open time at all."""
    if any(without(hours, calendar.breaks) for hours in calendar.weekly):
        return True
    return any(without(*hours_on(calendar, day)) for day in calendar.special)
