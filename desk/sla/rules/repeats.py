"""The days on which events of an .ics file begin: once, or again and again by its rules (RFC 5545 3.8.5)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from dateutil.rrule import rruleset, rrulestr  # type: ignore[import-untyped]
from icalendar import Event, vRecur

_BY = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_CLOCK = {"BYHOUR", "BYMINUTE", "BYSECOND"}


def is_sound(rules: list[vRecur]) -> bool:
    """One rule at most; by days, weeks, months or years. By the hour, or by steps of none, it would never end."""
    try:
        return len(rules) <= 1 and all(
            {str(word) for word in rule["FREQ"]} <= _BY
            and not _CLOCK & rule.keys()
            and min(int(step) for step in rule.get("INTERVAL", [1])) > 0
            for rule in rules
        )
    except (ValueError, KeyError, TypeError):
        return False


def moved(events: Iterable[Event]) -> set[tuple[str, date]]:
    """(UID, day) of occurrences for which an event of their own says what became of them."""
    return {(_uid(event), day) for event in events if (day := day_of(getattr(event.get("RECURRENCE-ID"), "dt", None)))}


def begins(event: Event, start: date, last: date, elsewhere: set[tuple[str, date]]) -> Iterator[date]:
    """The days until `last` on which the event begins. Raises ValueError for a rule that cannot be read."""
    own = "RECURRENCE-ID" in event
    for day in [start] if own else _days(event, start, last):
        if own or (_uid(event), day) not in elsewhere:
            yield day


def day_of(at: Any) -> date | None:
    """The local date of a moment; of anything else None."""
    if isinstance(at, datetime):
        return at.date()
    return at if isinstance(at, date) else None


def _days(event: Event, start: date, last: date) -> Iterator[date]:
    days = rruleset()
    days.rdate(_midnight(start))
    for rule in event.rrules:
        days.rrule(rrulestr(_text(rule), dtstart=_midnight(start)))
    for at, _ in event.rdates:
        days.rdate(_midnight(at))
    for at in event.exdates:
        days.exdate(_midnight(at))
    for one in days:
        if one.date() > last:
            break
        yield one.date()


def _text(rule: vRecur) -> str:
    """The end of a rule as the day that it is: events of whole days know no moments."""
    ends = [day_of(at) for at in rule.get("UNTIL", [])]
    return bytes(vRecur({**rule, "UNTIL": ends} if ends else rule).to_ical()).decode()  # type: ignore[no-untyped-call]


def _midnight(at: date) -> datetime:
    return datetime.combine(at, time())


def _uid(event: Event) -> str:
    return str(event.get("UID", ""))
