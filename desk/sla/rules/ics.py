"""Days off and make-up days of an .ics file (RFC 5545), as PyPI's `icalendar` reads it.

An event that lasts whole days closes them, unless it says that one is free (TRANSP:TRANSPARENT). What Apple's calendars
say outright goes before: X-APPLE-SPECIAL-DAY:WORK-HOLIDAY closes, though such days are marked free, ALTERNATE-WORKDAY
is a make-up day. What has a time of day closes nothing.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event
from msgspec import Struct

from desk.i18n import Invalid, Sentence
from desk.sla.rules import repeats

BIGGEST = 512 * 1024  # bytes
MOST_EVENTS = 2000
LONGEST = 366  # days of one event
_MOST_STEPS = 250_000  # days that repeating events are followed through, all together
_EARLIEST = date(1900, 1, 1)
_MOST_RULES = 50
_WHEN = {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE"}
_CLOSES, _MADE_UP = "WORK-HOLIDAY", "ALTERNATE-WORKDAY"


class Found(Struct, frozen=True):
    """Day number -> what the file calls that day; and how many events say nothing of opening hours."""

    closed: dict[int, str]
    made_up: dict[int, str]
    timed: int = 0
    free: int = 0


def read(content: bytes, first: date, last: date) -> Found:
    """The days from `first` to `last`. Raises Invalid about the field `file` for what cannot be read whole."""
    everything = _events(content)
    events = [event for event in everything if str(event.get("STATUS", "")).upper() != "CANCELLED"]
    lasting = [event for event in events if not isinstance(_at(event, "DTSTART"), datetime)]
    telling = [event for event in lasting if _word(event) or not _is_free(event)]
    _check_effort(telling, last)
    found = Found({}, {}, timed=len(events) - len(lasting), free=len(lasting) - len(telling))
    elsewhere = repeats.moved(everything)
    for event in telling:
        days = dict.fromkeys(_days(event, first, last, elsewhere), _name(event))
        (found.made_up if _word(event) == _MADE_UP else found.closed).update(days)
    closed = {day: name for day, name in found.closed.items() if day not in found.made_up}
    return Found(closed, found.made_up, found.timed, found.free)


def _events(content: bytes) -> list[Event]:
    if len(content) > BIGGEST:
        raise _fault("ics_too_big", size=BIGGEST // 1024)
    try:
        whole = Calendar.from_ical(content.decode("utf-8-sig"))
        events = [event for event in whole.walk("VEVENT") if isinstance(event, Event)]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise _fault("ics_unreadable")
    if not events:
        raise _fault("ics_empty")
    if len(events) > MOST_EVENTS:
        raise _fault("ics_too_many", most=MOST_EVENTS)
    for event in events:
        _check(event)
    return events


def _check(event: Event) -> None:
    """Raises Invalid for an event that says no days, or days that cannot be."""
    name = _name(event)
    if _WHEN & {str(said).upper() for said, _ in event.errors}:
        raise _fault("ics_no_date", name=name)
    start, end = repeats.day_of(_at(event, "DTSTART")), _end(event)
    if start is None or start < _EARLIEST:
        raise _fault("ics_no_date", name=name)
    if end is None or not 0 <= (end - start).days <= LONGEST:
        raise _fault("ics_bad_end", name=name, most=LONGEST)
    if not repeats.is_sound(event.rrules):
        raise _fault("ics_bad_rule", name=name)


def _check_effort(events: list[Event], last: date) -> None:
    """Repeating events are followed from their beginning. Raises Invalid."""
    starts = [_at(event, "DTSTART") for event in events if "RRULE" in event]
    if len(starts) > _MOST_RULES or sum(max(0, (last - start).days) for start in starts) > _MOST_STEPS:
        raise _fault("ics_too_much")


def _days(event: Event, first: date, last: date, elsewhere: set[tuple[str, date]]) -> Iterator[int]:
    """Numbers of the days that an event lasts, each time that it takes place."""
    start, end = _at(event, "DTSTART"), _end(event) or first
    length = max(1, (end - start).days)
    try:
        begins = [day.toordinal() for day in repeats.begins(event, start, last, elsewhere)]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        raise _fault("ics_bad_rule", name=_name(event))
    for day in begins:
        yield from range(max(day, first.toordinal()), min(day + length, last.toordinal() + 1))


def _at(event: Event, name: str) -> Any:
    """A date, a moment or a length; None where there is none, or more than one."""
    return getattr(event.get(name), "dt", None)


def _end(event: Event) -> date | None:
    """The day after the last; None when it cannot be read. Without one it is the beginning: one day."""
    start, length = repeats.day_of(_at(event, "DTSTART")), _at(event, "DURATION")
    if start is None or "DTEND" in event:
        return repeats.day_of(_at(event, "DTEND"))
    return start + min(length, timedelta(days=LONGEST + 1)) if isinstance(length, timedelta) else start


def _is_free(event: Event) -> bool:
    return str(event.get("TRANSP", "")).upper() == "TRANSPARENT"


def _word(event: Event) -> str:
    """What Apple's calendars say of the day; "" for anything else, as birthdays."""
    said = str(event.get("X-APPLE-SPECIAL-DAY", "")).strip().upper()
    return said if said in (_CLOSES, _MADE_UP) else ""


def _name(event: Event) -> str:
    said = event.get("SUMMARY", "")
    return " ".join(str(said[0] if isinstance(said, list) else said).split())[:60]


def _fault(key: str, **values: object) -> Invalid:
    return Invalid({"file": Sentence(f"calendars.{key}", **values)})
