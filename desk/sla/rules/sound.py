"""What no calendar may say, however well it can be read: hours in two shifts at once, breaks while nobody is there."""

from collections.abc import Iterator
from itertools import pairwise

from desk.i18n import Invalid, Sentence
from desk.sla.rules.calendar import WEEKDAYS, Calendar, Hours, hours_on
from desk.sla.rules.sheet import hours, iso

Fault = tuple[str, Sentence]


def check(calendar: Calendar) -> None:
    """Raises Invalid with a sentence for every field of the sheet at fault."""
    if faults := dict(reversed([*_weekly(calendar), *_dated(calendar)])):
        raise Invalid(faults)


def _weekly(calendar: Calendar) -> Iterator[Fault]:
    for name, spans in zip(WEEKDAYS, calendar.weekly, strict=True):
        if words := _overlapping(spans):
            yield name, Sentence("calendars.overlap", words=words)
    if words := _overlapping(calendar.breaks):
        yield "breaks", Sentence("calendars.overlap", words=words)
    for one in calendar.breaks:
        if not any(_within(one, spans) for spans in calendar.weekly):
            yield "breaks", Sentence("calendars.break_outside", words=hours([one]))


def _dated(calendar: Calendar) -> Iterator[Fault]:
    for day, weekday in sorted(calendar.workdays.items()):
        if not calendar.weekly[weekday]:
            weekday_name = Sentence(f"calendars.{WEEKDAYS[weekday]}")
            yield "workdays", Sentence("calendars.make_up_closed", day=iso(day), weekday=weekday_name)
    for day, spans in sorted(calendar.special.items()):
        if words := _overlapping(spans):
            yield "special", Sentence("calendars.overlap_on", day=iso(day), words=words)
    for day, breaks in sorted(calendar.date_breaks.items()):
        opening = hours_on(calendar, day)[0]
        if not opening:
            yield "date_breaks", Sentence("calendars.break_on_closed", day=iso(day))
        for one in breaks:
            if opening and not _within(one, opening):
                yield "date_breaks", Sentence("calendars.break_outside_on", day=iso(day), words=hours([one]))


def _overlapping(spans: Hours) -> str:
    """The first two that overlap, in words."""
    ordered = sorted(spans)
    for before, after in pairwise(ordered):
        if after[0] < before[1]:
            return hours([before, after])
    return ""


def _within(one: tuple[int, int], spans: Hours) -> bool:
    """Between the opening and the close of a day; a break may cover the gap that is there anyway."""
    return bool(spans) and min(start for start, _ in spans) <= one[0] and one[1] <= max(end for _, end in spans)
