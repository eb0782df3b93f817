"""Public holidays and make-up working days of mainland China, from PyPI's `holidays` (specs/sla.md).

The State Council publishes a year's make-up days in the autumn before. For later years `holidays` answers an estimate
without any, so a calendar says itself until when its days are official.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

import holidays

from desk.sla.rules.calendar import WEEKDAYS

_SATURDAY = 5
_EXCHANGED_FOR = re.compile(r"substituted from (\d{2})/(\d{2})/(\d{4})")


class Days(NamedTuple):
    """As the calendar format writes them: ISO dates; make-up day -> the weekday whose hours it has."""

    holidays: list[str]
    workdays: dict[str, str]


def holidays_of_china(years: Iterable[int]) -> Days:
    """Days off, weekends inside a holiday included, and make-up days 调休 of these years."""
    wanted = sorted(set(years))
    known = _of(wanted)
    made_up = {day for day in known.weekend_workdays if day.year in wanted}
    closed = {day for year in wanted for day in _days_of(year) if _is_closed(day, known, made_up)}
    off = {day for day in closed if any(other in known for other in _run(day, closed))}
    exchanged = _exchanged(known)
    return Days(
        [day.isoformat() for day in sorted(off)],
        {day.isoformat(): WEEKDAYS[exchanged.get(day, 0)] for day in sorted(made_up)},
    )


def official_until(years: Iterable[int]) -> date | None:
    """The end of the last of these years whose make-up days are published; None when none is."""
    wanted = sorted(set(years))
    published = {day.year for day in _of(wanted).weekend_workdays} & set(wanted)
    return date(max(published), 12, 31) if published else None


def _of(years: list[int]) -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=years, language="en_US")


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def _is_closed(day: date, known: holidays.HolidayBase, made_up: set[date]) -> bool:
    return day in known or (day.weekday() >= _SATURDAY and day not in made_up)


def _run(day: date, closed: set[date]) -> list[date]:
    """The unbroken closed days around a day: a weekend beside a holiday belongs to it."""
    run = [day]
    while (before := run[0] - timedelta(days=1)) in closed:
        run.insert(0, before)
    while (after := run[-1] + timedelta(days=1)) in closed:
        run.append(after)
    return run


def _exchanged(known: holidays.HolidayBase) -> dict[date, int]:
    """Make-up day -> weekday (0 Monday) of the day off that it pays for."""
    found = {}
    for day, name in known.items():
        if words := _EXCHANGED_FOR.search(name):
            month, of_month, year = (int(part) for part in words.groups())
            found[date(year, month, of_month)] = day.weekday()
    return found
