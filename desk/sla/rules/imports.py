"""What an .ics file says, put into a calendar, and what that changes."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct, structs

from desk.i18n import Invalid, Sentence
from desk.sla.rules import ics, outlook
from desk.sla.rules.calendar import WEEKDAYS, Calendar
from desk.sla.rules.china import holidays_of_china
from desk.sla.rules.ics import Found
from desk.sla.rules.outlook import Change
from desk.sla.rules.sheet import Version

YEARS = 3  # this one and so many less one to come
How = Literal["add", "replace"]


class Difference(Struct, frozen=True):
    """`stay`: days that the file names and that have hours of their own, which go before.

    `names`: what the file calls a day number.
    """

    version: Version
    changes: list[Change]
    stay: list[date]
    names: Mapping[int, str]
    found: Found
    first: date
    last: date


def difference(
    version: Version, content: bytes, *, today: date, how: How, official_until: date | None = None
) -> Difference:
    """What the calendar would be, and what of it is otherwise, from the beginning of this year. Raises Invalid."""
    first, last = date(today.year, 1, 1), date(today.year + YEARS - 1, 12, 31)
    found = ics.read(content, first, last)
    if not (found.closed or found.made_up):
        raise Invalid({"file": Sentence("calendars.ics_nothing", first=first.year, last=last.year)})
    calendar = _with(version.calendar, found, how)
    return Difference(
        Version(calendar=calendar, cutoff=version.cutoff, official_until=official_until or version.official_until),
        outlook.changes(version.calendar, calendar, first, last),
        [date.fromordinal(day) for day in sorted({*found.closed, *found.made_up} & calendar.special.keys())],
        found.closed | found.made_up,
        found,
        first,
        last,
    )


def _with(calendar: Calendar, found: Found, how: How) -> Calendar:
    """`replace`: holidays and make-up days of the years that the file speaks of are the file's and no others."""
    holidays, workdays = calendar.holidays, calendar.workdays
    if how == "replace":
        years = {date.fromordinal(day).year for day in (*found.closed, *found.made_up)}
        holidays = frozenset(day for day in holidays if date.fromordinal(day).year not in years)
        workdays = {day: weekday for day, weekday in workdays.items() if date.fromordinal(day).year not in years}
    made_up = {day: calendar.workdays.get(day, like) for day, like in _likes(calendar, found).items()}
    return structs.replace(
        calendar,
        holidays=(holidays | found.closed.keys()) - found.made_up.keys(),
        workdays={day: weekday for day, weekday in workdays.items() if day not in found.closed} | made_up,
        date_breaks={day: spans for day, spans in calendar.date_breaks.items() if day not in found.closed},
    )


def _likes(calendar: Calendar, found: Found) -> dict[int, int]:
    """No file says whose hours a make-up day has: those of the day off it pays for in China, else the first day's."""
    open_days = [n for n, spans in enumerate(calendar.weekly) if spans]
    if found.made_up and not open_days:
        raise Invalid({"file": Sentence("calendars.ics_no_week")})
    known = holidays_of_china({date.fromordinal(day).year for day in found.made_up}).workdays
    likes = {}
    for day in found.made_up:
        weekday = known.get(date.fromordinal(day).isoformat())
        exchanged = None if weekday is None else WEEKDAYS.index(weekday)
        likes[day] = exchanged if exchanged in open_days else open_days[0]
    return likes
