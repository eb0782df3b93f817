"""Days one by one: when a department is open, and why a day is unlike others; months of them; what a change changes."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from msgspec import Struct, structs

from desk.i18n import Invalid, Refused, Sentence
from desk.sla.rules import days, instants, zones
from desk.sla.rules.calendar import WEEKDAYS, Calendar, Hours, hours_on, opens, without
from desk.sla.rules.china import holidays_of_china, official_until
from desk.sla.rules.compiled import Compiled
from desk.sla.rules.days import USUAL, Cutoff
from desk.sla.rules.format import parse
from desk.sla.rules.sheet import Version, hours

USUAL_DAY = [["09:00", "12:00"], ["13:30", "18:00"]]


_MONTH = re.compile(r"2[01][0-9]{2}-(0[1-9]|1[0-2])")


class Day(Struct, frozen=True):
    """`kind`: special, make_up, holiday, breaks, usual, closed; `hours`, `breaks` (what is taken out) as in the sheet.

    `like`: the weekday whose hours a make-up day has; `until`: cut-off, HH:MM.
    """

    day: date
    kind: str
    hours: str
    breaks: str = ""
    like: str = ""
    until: str = ""


class Month(Struct, frozen=True):
    """`weeks` begin on Monday; None: a day of another month. `before`, `after` are months too, "" at either end."""

    first: date
    weeks: list[list[Day | None]]
    before: str
    after: str

    @property
    def name(self) -> str:
        """2026-12"""
        return f"{self.first:%Y-%m}"


class Change(Struct, frozen=True):
    """What is otherwise from one day to another, both included. `kind`: added, removed, changed."""

    first: date
    last: date
    was: Day
    will: Day

    @property
    def kind(self) -> str:
        if self.was.kind in _ORDINARY:
            return "added"
        return "removed" if self.will.kind in _ORDINARY else "changed"


_ORDINARY = {"usual", "closed"}


def first_of(month: str) -> date:
    """The first day of 2026-12. Raises Invalid for what is no month from 2000 to 2199."""
    if not _MONTH.fullmatch(month):
        raise Invalid({"month": Sentence("calendars.bad_month", words=month[:20])})
    return date.fromisoformat(f"{month}-01")


def month_of(calendar: Calendar, cutoff: Cutoff | None, first: date) -> Month:
    """The month that begins on that day."""
    following = (first + timedelta(days=31)).replace(day=1)
    found: list[Day | None] = [None] * first.weekday()
    found += ahead(calendar, cutoff, first, (following - first).days)
    found += [None] * (-len(found) % 7)
    weeks = [found[n : n + 7] for n in range(0, len(found), 7)]
    return Month(first, weeks, _name(first - timedelta(days=1)), _name(following))


def changes(old: Calendar, new: Calendar, first: date, last: date) -> list[Change]:
    """Days that the second calendar gives another name or other hours than the first; alike ones in a row are one."""
    numbers = range(first.toordinal(), last.toordinal() + 1)
    pairs = [(told(old, number), told(new, number)) for number in numbers]
    found: list[Change] = []
    for _, group in groupby(pairs, key=lambda pair: tuple(map(_without_day, pair))):
        run = list(group)
        if _without_day(run[0][0]) != _without_day(run[0][1]):
            found.append(Change(run[0][0].day, run[-1][0].day, *run[0]))
    return found


def ahead(calendar: Calendar, cutoff: Cutoff | None, first: date, count: int) -> list[Day]:
    """So many days from a local date on."""
    near = zones.instant(zones.zone(calendar.tz), first.toordinal(), 0)
    compiled = Compiled(calendar, near=near, behind=3, ahead=count + 10)
    return [_day(compiled, cutoff, first + timedelta(days=n)) for n in range(count)]


def exceptions(calendar: Calendar, first: date, count: int) -> list[Day]:
    """Those of the days to come that are unlike the week, and are not simply closed as always."""
    return [day for day in ahead(calendar, None, first, count) if day.kind not in _ORDINARY]


def check_opens_again(calendar: Calendar, now: int) -> None:
    """Raises Refused for a calendar without open time, or with all of it in the past: nothing could ever be due."""
    if not opens(calendar):
        raise Refused("calendars.never_open_again")
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


def told(calendar: Calendar, number: int) -> Day:
    """A day number without its cut-off."""
    opening, breaks = hours_on(calendar, number)
    spans = without(opening, breaks)
    like = calendar.workdays.get(number)
    kind = _kind(calendar, number, open_now=bool(spans))
    return Day(
        date.fromordinal(number), kind, hours(spans), hours(_taken_out(opening, breaks)),
        WEEKDAYS[like] if kind == "make_up" and like is not None else "",
    )  # fmt: skip


def _day(compiled: Compiled, cutoff: Cutoff | None, day: date) -> Day:
    number = day.toordinal()
    business = compiled.day(number)
    until = days.cutoff_of(compiled, business, cutoff) if business else None
    local = "" if until is None else instants.moment(until).astimezone(compiled.zone).strftime("%H:%M")
    return structs.replace(told(compiled.calendar, number), until=local)


def _taken_out(opening: Hours, breaks: Hours) -> Iterator[tuple[int, int]]:
    """The breaks that shorten the hours."""
    whole = without(opening, ())
    return (one for one in sorted(breaks) if without(whole, (one,)) != whole)


def _without_day(one: Day) -> Day:
    return structs.replace(one, day=date.min)


def _name(day: date) -> str:
    """The month of a day, if it can be shown."""
    name = f"{day:%Y-%m}"
    return name if _MONTH.fullmatch(name) else ""


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
