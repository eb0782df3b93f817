"""What an administrator says of a single day, put into the calendar: whatever was said of that day before is gone."""

from typing import Literal

from msgspec import Struct, structs

from desk.i18n import Invalid, Sentence
from desk.sla.rules import sheet
from desk.sla.rules.calendar import WEEKDAYS, Calendar
from desk.sla.rules.outlook import told
from desk.sla.rules.sheet import Version

AsThat = Literal["week", "closed", "hours", "make_up"]


class OneDay(Struct, frozen=True):
    """`stands`: as the week says; closed; with `hours` of its own; made up with the hours of `like`, a weekday."""

    stands: AsThat
    hours: str = ""
    like: str = ""


def with_day(version: Version, number: int, wish: OneDay) -> Version:
    """The version in which the day of that number stands so. Raises Invalid for hours that cannot be read."""
    bare = _forgotten(version.calendar, number)
    match wish.stands:
        case "closed":
            bare = structs.replace(bare, holidays=bare.holidays | {number})
        case "hours":
            bare = structs.replace(bare, special=bare.special | {number: sheet.read_hours(wish.hours, field="hours")})
        case "make_up":
            bare = structs.replace(bare, workdays=bare.workdays | {number: _weekday(bare, wish.like)})
    return structs.replace(version, calendar=bare)


def as_it_stands(calendar: Calendar, number: int) -> OneDay:
    """What `with_day` would be told to leave the day as it is; a special day without hours is simply closed."""
    day = told(calendar, number)
    match day.kind:
        case "holiday":
            return OneDay("closed")
        case "special" | "breaks":
            return OneDay("hours", day.hours) if day.hours else OneDay("closed")
        case "make_up":
            return OneDay("make_up", like=day.like)
    return OneDay("week")


def open_weekdays(calendar: Calendar) -> list[str]:
    """The days of the week whose hours a make-up day may have."""
    return [name for name, spans in zip(WEEKDAYS, calendar.weekly, strict=True) if spans]


def _forgotten(calendar: Calendar, number: int) -> Calendar:
    return structs.replace(
        calendar,
        holidays=calendar.holidays - {number},
        workdays={day: weekday for day, weekday in calendar.workdays.items() if day != number},
        special={day: spans for day, spans in calendar.special.items() if day != number},
        date_breaks={day: spans for day, spans in calendar.date_breaks.items() if day != number},
    )


def _weekday(calendar: Calendar, name: str) -> int:
    if name not in open_weekdays(calendar):
        raise Invalid({"like": Sentence("calendars.like_needed")})
    return WEEKDAYS.index(name)
