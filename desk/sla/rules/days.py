"""Business days: the same day and its cut-off, half a day, so many days later."""

from msgspec import Struct

from desk.sla.rules.compiled import Compiled
from desk.sla.rules.line import Day


class AtWall(Struct, frozen=True, tag_field="kind", tag="wall"):
    """Cut-off at a wall time, in minutes after midnight, or at the close when that is earlier."""

    minutes: int


class BeforeClose(Struct, frozen=True, tag_field="kind", tag="before_close"):
    """Cut-off when that many business seconds of the day are left, so it follows half days."""

    seconds: int


Cutoff = AtWall | BeforeClose
USUAL = BeforeClose(7200)  # what a new calendar gets (specs/sla.md)


def same_day(calendar: Compiled, received: int, cutoff: Cutoff | None = None, extra_days: int = 0) -> int:
    """The close of the day that `received` counts as, moved on by that many business days."""
    return answer_day(calendar, received, cutoff, extra_days).close


def answer_day(calendar: Compiled, received: int, cutoff: Cutoff | None = None, extra_days: int = 0) -> Day:
    """The business day at whose close a same-day promise is due: today when received strictly before the cut-off."""
    number = calendar.day_of(received)
    day = calendar.day(number)
    if day is None or received >= cutoff_of(calendar, day, cutoff):
        day = calendar.day_after(number)
    return calendar.day_after(day.number, extra_days) if extra_days else day


def cutoff_of(calendar: Compiled, day: Day, cutoff: Cutoff | None) -> int:
    """The instant from which a message no longer counts as that day's; its close when there is no cut-off."""
    if cutoff is None:
        return day.close
    match cutoff:
        case AtWall(minutes=minutes):
            return min(day.close, calendar.wall(day.number, minutes))
        case BeforeClose(seconds=left):
            for start, end in reversed(day.spans):
                if end - start >= left:
                    return end - left
                left -= end - start
    return day.opening


def half_day(calendar: Compiled, received: int) -> int:
    """`received` plus half the business time of the day that owns the next open instant, rounded down."""
    return calendar.add(received, half_of_day(calendar, received))


def half_of_day(calendar: Compiled, received: int) -> int:
    """Business seconds of half a day (see `half_day`)."""
    day = calendar.day(calendar.day_of(calendar.next_open(received)))
    return day.seconds // 2 if day else 0


def close_after(calendar: Compiled, at: int, days: int) -> int:
    """The close of the n-th business day after the one that `at` counts as; the day itself is not counted."""
    return calendar.day_after(calendar.day_of(at), days).close


def is_in_hours(calendar: Compiled, at: int) -> bool:
    """Whether somebody works up to an instant or from it on: a close and an opening are hours, too."""
    return calendar.between(at - 1, at + 1) > 0
