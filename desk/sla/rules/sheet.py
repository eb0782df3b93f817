"""A calendar as an administrator types it: hours as 09:00-12:00, 13:30-18:00; one date or run of dates a line."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import Any, TypeVar

from msgspec import Struct, structs

from desk.i18n import Invalid, Sentence, say
from desk.sla.rules import format as formats
from desk.sla.rules import zones
from desk.sla.rules.calendar import WEEKDAYS, Calendar, Hours
from desk.sla.rules.china import holidays_of_china, official_until
from desk.sla.rules.days import AtWall, BeforeClose, Cutoff

NONE, WALL, BEFORE_CLOSE = "none", "wall", "before_close"
_SPAN = re.compile(r"(\d{1,2}:\d{2})-(\d{1,2}:\d{2})")
_DASHES = re.compile(r"\s*[-‐‑–—−~]\s*|\s*[至到]\s*")
_DATES = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:\s*(?:~|\.\.|[–—至到]|to)\s*(\d{4}-\d{1,2}-\d{1,2}))?(?:\s+(.*))?")
_LONGEST_RUN = 60  # days; a longer one is a typing mistake
_CLOSED = {"", "closed", "休", "休息", "关闭"}
_WEEKDAYS = {
    word: name
    for n, name in enumerate(WEEKDAYS)
    for word in (
        name,
        f"周{'一二三四五六日'[n]}",
        f"星期{'一二三四五六日'[n]}",
        *(("周天", "星期天") if n == 6 else ()),
    )
}
V = TypeVar("V")
Faults = dict[str, Sentence]


class Sheet(Struct, frozen=True, kw_only=True):
    """`cutoff_at` is a wall time, or hours and minutes before the close."""

    tz: str = ""
    mon: str = ""
    tue: str = ""
    wed: str = ""
    thu: str = ""
    fri: str = ""
    sat: str = ""
    sun: str = ""
    breaks: str = ""
    holidays: str = ""
    workdays: str = ""
    special: str = ""
    date_breaks: str = ""
    cutoff_kind: str = NONE
    cutoff_at: str = ""
    official_until: str = ""


class Version(Struct, frozen=True, kw_only=True):
    """What one version of a calendar holds."""

    calendar: Calendar
    cutoff: Cutoff | None = None
    official_until: date | None = None


class _Unreadable(Exception):
    def __init__(self, key: str, **values: object) -> None:
        self.sentence = Sentence(f"calendars.{key}", **values)


def read(sheet: Sheet) -> Version:
    """Raises Invalid with a sentence for every field of the sheet at fault."""
    found: dict[str, Any] = {}
    faults: Faults = {}
    for field, reader in _readers(sheet.cutoff_kind).items():
        try:
            found[field] = reader(_narrow(getattr(sheet, field)))
        except _Unreadable as fault:
            faults[field] = fault.sentence
    if faults:
        raise Invalid(faults)
    cutoff, official_until = found.pop("cutoff_at"), found.pop("official_until")
    weekly = {name: found.pop(name) for name in WEEKDAYS}
    return Version(calendar=_calendar(found | {"weekly": weekly}), cutoff=cutoff, official_until=official_until)


def write(version: Version, language: str) -> Sheet:
    """The sheet that `read` turns into this version again."""
    calendar = version.calendar
    weekdays = say(language, "web.weekdays_short").split()
    kind, at = _written_cutoff(version.cutoff)
    return Sheet(
        tz=calendar.tz,
        **{name: hours(calendar.weekly[n]) for n, name in enumerate(WEEKDAYS)},
        breaks=hours(calendar.breaks),
        holidays="\n".join(runs(calendar.holidays)),
        workdays=_lines(calendar.workdays, lambda weekday: weekdays[weekday]),
        special=_lines(calendar.special, lambda spans: hours(spans) or say(language, "calendars.closed_word")),
        date_breaks=_lines(calendar.date_breaks, hours),
        cutoff_kind=kind,
        cutoff_at=at,
        official_until=version.official_until.isoformat() if version.official_until else "",
    )


def with_holidays(sheet: Sheet, year: int, language: str) -> Sheet:
    """The sheet with the Chinese public holidays and make-up days from a year on; earlier dates stay as they are.

    What is made up for a weekday on which nobody works anyway is made up by nobody.
    """
    known = holidays_of_china([year, year + 1])
    days = [*_earlier(sheet.holidays, year), *runs(date.fromisoformat(day).toordinal() for day in known.holidays)]
    weekdays = say(language, "web.weekdays_short").split()
    made_up = [
        f"{day} {weekdays[WEEKDAYS.index(weekday)]}"
        for day, weekday in known.workdays.items()
        if getattr(sheet, weekday).strip()
    ]
    until = official_until([year, year + 1])
    return structs.replace(
        sheet,
        holidays="\n".join(days),
        workdays="\n".join([*_earlier(sheet.workdays, year), *made_up]),
        official_until=until.isoformat() if until else sheet.official_until,
    )


def read_hours(text: str, *, field: str) -> Hours:
    """The hours of one day, at least one span. Raises Invalid about that field."""
    try:
        found = _hours(_narrow(text))
    except _Unreadable as fault:
        raise Invalid({field: fault.sentence})
    if not found:
        raise Invalid({field: Sentence("calendars.hours_needed")})
    return tuple((formats.minutes(start) or 0, formats.minutes(end) or 0) for start, end in found)


def hours(spans: Iterable[tuple[int, int]]) -> str:
    """09:00-12:00, 13:30-18:00"""
    return ", ".join(f"{formats.written(start)}-{formats.written(end)}" for start, end in spans)


def runs(days: Iterable[int]) -> list[str]:
    """Day numbers as ISO dates, unbroken ones as one run: 2026-10-01 ~ 2026-10-07."""
    told = []
    for _, group in groupby(enumerate(sorted(days)), key=lambda pair: pair[1] - pair[0]):
        run = [iso(number) for _, number in group]
        parts = [run[n : n + _LONGEST_RUN] for n in range(0, len(run), _LONGEST_RUN)]
        told += [part[0] if len(part) == 1 else f"{part[0]} ~ {part[-1]}" for part in parts]
    return told


def _calendar(definition: dict[str, Any]) -> Calendar:
    """What is left to be wrong once every text could be read: no open time at all."""
    try:
        return formats.parse(definition)
    except Invalid:
        raise Invalid({"mon": Sentence("calendars.never_open")})


def _readers(cutoff_kind: str) -> dict[str, Callable[[str], Any]]:
    """What turns each field's text into the value of the calendar format."""
    return {
        "tz": _zone,
        **dict.fromkeys((*WEEKDAYS, "breaks"), _hours),
        "holidays": lambda text: [day.isoformat() for day, _ in _days(text)],
        "workdays": _by_date(_weekday),
        "special": _by_date(_special),
        "date_breaks": _by_date(_hours),
        "cutoff_at": lambda text: _cutoff(cutoff_kind, text),
        "official_until": lambda text: _day(text) if text else None,
    }


def _earlier(text: str, year: int) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip() and line.strip()[:4] < str(year)]


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _zone(text: str) -> str:
    try:
        zones.zone(text)
    except KeyError:
        raise _Unreadable("unknown_zone", words=text)
    return text


def _hours(text: str) -> list[list[str]]:
    spans = []
    for part in re.split(r"[,;、。\s]+", _DASHES.sub("-", text).strip(",;、。 ")):
        if not part:
            continue
        found = _SPAN.fullmatch(part)
        start, end = (formats.minutes(words) for words in found.groups()) if found else (None, None)
        if start is None or end is None:
            raise _Unreadable("bad_hours", words=part)
        if end <= start:
            raise _Unreadable("end_before_start", words=part)
        spans.append([formats.written(start), formats.written(end)])
    return spans


def _special(text: str) -> list[list[str]]:
    return [] if text.casefold() in _CLOSED else _hours(text)


def _weekday(text: str) -> str:
    word = text.casefold()
    found = _WEEKDAYS.get(word) or (_WEEKDAYS.get(word[:3]) if word.isascii() else None)
    if found is None:
        raise _Unreadable("bad_weekday", words=text)
    return found


def _by_date(reader: Callable[[str], V]) -> Callable[[str], dict[str, V]]:
    def read(text: str) -> dict[str, V]:
        found: dict[str, V] = {}
        for day, rest in _days(text, with_rest=True):
            if day.isoformat() in found:
                raise _Unreadable("date_twice", day=day.isoformat())
            found[day.isoformat()] = reader(rest)
        return found

    return read


def _days(text: str, *, with_rest: bool = False) -> list[tuple[date, str]]:
    """Every date of every line, with what stands behind it."""
    found: list[tuple[date, str]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        parts = _DATES.fullmatch(line)
        if not parts or (parts[3] and not with_rest):
            raise _Unreadable("bad_line", words=line[:60])
        first, last = _day(parts[1]), _day(parts[2] or parts[1])
        if not 0 <= (last - first).days < _LONGEST_RUN:
            raise _Unreadable("bad_run", words=line[:60], most=_LONGEST_RUN)
        found += [(first + timedelta(days=n), parts[3] or "") for n in range((last - first).days + 1)]
    return found


def _day(text: str) -> date:
    try:
        day = date(*(int(part) for part in text.split("-")))
    except (ValueError, TypeError, OverflowError):
        raise _Unreadable("bad_date", words=text[:60])
    if not 1900 <= day.year <= 2200:
        raise _Unreadable("bad_date", words=text[:60])
    return day


def _cutoff(kind: str, text: str) -> Cutoff | None:
    if kind == NONE:
        return None
    at = formats.minutes(text)
    if at is None or kind not in (WALL, BEFORE_CLOSE):
        raise _Unreadable("bad_cutoff", words=text[:60])
    return AtWall(at) if kind == WALL else BeforeClose(at * 60)


def _written_cutoff(cutoff: Cutoff | None) -> tuple[str, str]:
    match cutoff:
        case AtWall(minutes=at):
            return WALL, formats.written(at)
        case BeforeClose(seconds=left):
            return BEFORE_CLOSE, formats.written(left // 60)
    return NONE, ""


def _lines(by_day: dict[int, V], tell: Callable[[V], str]) -> str:
    return "\n".join(f"{iso(day)} {tell(value)}" for day, value in sorted(by_day.items()))


def iso(number: int) -> str:
    return date.fromordinal(number).isoformat()
