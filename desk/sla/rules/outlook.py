"""The days to come, one by one: when a department is open, and why that day is unlike others."""

from datetime import date, timedelta

from msgspec import Struct

from desk.i18n import Refused
from desk.sla.rules import days, instants, zones
from desk.sla.rules.calendar import Calendar, hours_on, without
from desk.sla.rules.china import holidays_of_china, official_until
from desk.sla.rules.compiled import Compiled
from desk.sla.rules.days import USUAL, Cutoff
from desk.sla.rules.format import parse
from desk.sla.rules.sheet import Version, hours

USUAL_DAY = [["09:00", "12:00"], ["13:30", "18:00"]]


class Day(Struct, frozen=True):
    """`kind`: special, make_up, holiday, breaks, usual, closed; `hours` as in the sheet; `until`: cut-off, HH:MM."""

    day: date
    kind: str
    hours: str
    until: str = ""


def ahead(calendar: Calendar, cutoff: Cutoff | None, first: date, count: int) -> list[Day]:
    """So many days from a local date on."""
    near = zones.instant(zones.zone(calendar.tz), first.toordinal(), 0)
    compiled = Compiled(calendar, near=near, behind=3, ahead=count + 10)
    return [_day(compiled, cutoff, first + timedelta(days=n)) for n in range(count)]


def exceptions(calendar: Calendar, first: date, count: int) -> list[Day]:
    """Those of the days to come that are unlike the week, and are not simply closed as always."""
    usual = {"usual", "closed"}
    return [day for day in ahead(calendar, None, first, count) if day.kind not in usual]


def check_opens_again(calendar: Calendar, now: int) -> None:
    """Raises Refused for a calendar whose open time is all in the past: nothing could ever be due."""
    try:
        Compiled(calendar, near=now, behind=3, ahead=60).next_open(now)
    except Refused:
        raise Refused("calendars.never_open_again")


def usual(tz: str, year: int) -> Version:
    """What a department starts with: office hours in that zone, Chinese public holidays of this year and the next."""
    known = holidays_of_china([year, year + 1])
    weekly = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), USUAL_DAY)
    definition = {"tz": tz, "weekly": weekly, "holidays": known.holidays, "workdays": known.workdays}
    return Version(calendar=parse(definition), cutoff=USUAL, official_until=official_until([year, year + 1]))


def _day(compiled: Compiled, cutoff: Cutoff | None, day: date) -> Day:
    number, calendar = day.toordinal(), compiled.calendar
    spans = without(*hours_on(calendar, number))
    business = compiled.day(number)
    until = days.cutoff_of(compiled, business, cutoff) if business else None
    local = "" if until is None else instants.moment(until).astimezone(compiled.zone).strftime("%H:%M")
    return Day(day, _kind(calendar, number, open_now=bool(spans)), hours(spans), local)


def _kind(calendar: Calendar, number: int, *, open_now: bool) -> str:
    if number in calendar.special:
        return "special"
    if number in calendar.workdays:
        return "make_up"
    if number in calendar.holidays:
        return "holiday"
    if number in calendar.date_breaks:
        return "breaks"
    return "usual" if open_now else "closed"
