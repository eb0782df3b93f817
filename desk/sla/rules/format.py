"""The calendar as people write it: read, checked before anything is computed, and written again."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from desk.i18n import Invalid, Sentence
from desk.sla.rules import zones
from desk.sla.rules.calendar import WEEKDAYS, Calendar, Hours, opens
from desk.sla.rules.days import AtWall, BeforeClose, Cutoff

_FIELDS = {"tz", "weekly", "breaks", "holidays", "workdays", "special", "date_breaks"}
_CLOCK = re.compile(r"([0-9]{1,2}):([0-5][0-9])")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LAST_MINUTE = 48 * 60
_YEARS = range(1900, 2201)
V = TypeVar("V")


class _Faults:
    """Every fault of a calendar by field: a person mends them all at once."""

    def __init__(self) -> None:
        self.found: dict[str, Sentence] = {}

    def add(self, field: str, key: str, **values: object) -> None:
        shown = {name: _shown(value) for name, value in values.items()}
        self.found.setdefault(field, Sentence(f"sla.{key}", field=field, **shown))


def parse(data: object) -> Calendar:
    """A calendar from JSON values. Raises Invalid that names each field that cannot be."""
    faults = _Faults()
    if not isinstance(data, dict):
        raise Invalid({"calendar": Sentence("sla.not_a_calendar")})
    for name in data:
        if name not in _FIELDS:
            faults.add(str(name), "unknown_field", known=", ".join(sorted(_FIELDS)))
    calendar = Calendar(
        tz=_zone(data.get("tz"), faults),
        weekly=_weekly(data.get("weekly", {}), faults),
        breaks=_hours(data.get("breaks", []), "breaks", faults),
        holidays=_holidays(data.get("holidays", []), faults),
        workdays=_by_date(data.get("workdays", {}), "workdays", faults, _weekday),
        special=_by_date(data.get("special", {}), "special", faults, _hours),
        date_breaks=_by_date(data.get("date_breaks", {}), "date_breaks", faults, _hours),
    )
    if not faults.found and not opens(calendar):
        faults.add("weekly", "never_open")
    if faults.found:
        raise Invalid(faults.found)
    return calendar


def document(calendar: Calendar) -> dict[str, object]:
    """The calendar as JSON values, in the form that `parse` reads; empty parts are left out."""

    def dated(hours: dict[int, Hours]) -> dict[str, object]:
        return {_iso(day): _written(spans) for day, spans in sorted(hours.items())}

    parts: dict[str, object] = {
        "tz": calendar.tz,
        "weekly": {WEEKDAYS[n]: _written(spans) for n, spans in enumerate(calendar.weekly) if spans},
        "breaks": _written(calendar.breaks),
        "holidays": [_iso(day) for day in sorted(calendar.holidays)],
        "workdays": {_iso(day): WEEKDAYS[weekday] for day, weekday in sorted(calendar.workdays.items())},
        "special": dated(calendar.special),
        "date_breaks": dated(calendar.date_breaks),
    }
    return {name: part for name, part in parts.items() if part or name in ("tz", "weekly")}


def cutoff(data: object, *, field: str = "cutoff") -> Cutoff | None:
    """A cut-off from {"wall": "16:00"}, {"before_close_s": 7200}, or nothing for none. Raises Invalid."""
    match data:
        case None | {} if not data:
            return None
        case {"wall": str(words), **rest} if not rest and (at := minutes(words)) is not None:
            return AtWall(at)
        case {"before_close_s": int(left), **rest} if not rest and left >= 0 and left is not True:
            return BeforeClose(left)
    raise Invalid({field: Sentence("sla.bad_cutoff", field=field, words=_shown(data))})


def cutoff_document(rule: Cutoff | None) -> dict[str, object]:
    """The cut-off as JSON values, in the form that `cutoff` reads."""
    match rule:
        case AtWall(minutes=at):
            return {"wall": written(at)}
        case BeforeClose(seconds=left):
            return {"before_close_s": left}
    return {}


def minutes(words: object) -> int | None:
    """Minutes after midnight of "HH:MM", up to 48:00; None for anything else."""
    found = _CLOCK.fullmatch(words) if isinstance(words, str) else None
    if not found:
        return None
    total = int(found[1]) * 60 + int(found[2])
    return total if total <= _LAST_MINUTE else None


def written(total: int) -> str:
    """HH:MM of minutes after midnight."""
    return f"{total // 60:02d}:{total % 60:02d}"


def _shown(value: object) -> str:
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return words if len(words) <= 80 else f"{words[:80]}…"


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _written(hours: Hours) -> list[list[str]]:
    return [[written(start), written(end)] for start, end in hours]


def _zone(name: object, faults: _Faults) -> str:
    try:
        zones.zone(name if isinstance(name, str) else "")
    except KeyError:
        faults.add("tz", "unknown_zone", words=name)
    return str(name)


def _weekly(data: object, faults: _Faults) -> tuple[Hours, ...]:
    if not isinstance(data, dict):
        faults.add("weekly", "not_a_table")
        return ((),) * 7
    for name in data:
        if name not in WEEKDAYS:
            faults.add(f"weekly.{name}", "unknown_weekday", words=name)
    return tuple(_hours(data.get(name, []), f"weekly.{name}", faults) for name in WEEKDAYS)


def _hours(data: object, field: str, faults: _Faults) -> Hours:
    if not isinstance(data, list):
        faults.add(field, "not_a_list")
        return ()
    spans: list[tuple[int, int]] = []
    for pair in data:
        ends = [minutes(words) for words in pair] if isinstance(pair, list) else []
        match ends:
            case [int(start), int(end)] if start <= end:
                spans.append((start, end))
            case [int(), int()]:
                faults.add(field, "end_before_start", start=pair[0], end=pair[1])
            case _:
                faults.add(field, "bad_hours", words=pair)
    return tuple(spans)


def _weekday(data: object, field: str, faults: _Faults) -> int:
    if data in WEEKDAYS:
        return WEEKDAYS.index(str(data))
    faults.add(field, "unknown_weekday", words=data)
    return 0


def _day(words: object, field: str, faults: _Faults) -> int | None:
    try:
        found = date.fromisoformat(words) if isinstance(words, str) and _DATE.fullmatch(words) else None
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        faults.add(field, "bad_date", words=words)
        return None
    return found.toordinal()


def _holidays(data: object, faults: _Faults) -> frozenset[int]:
    if not isinstance(data, list):
        faults.add("holidays", "not_a_list")
        return frozenset()
    days = [_day(words, f"holidays.{words}", faults) for words in data]
    return frozenset(day for day in days if day is not None)


def _by_date(data: object, field: str, faults: _Faults, read: Callable[[object, str, _Faults], V]) -> dict[int, V]:
    if not isinstance(data, dict):
        faults.add(field, "not_a_table")
        return {}
    found: dict[int, V] = {}
    for words, value in data.items():
        day = _day(words, f"{field}.{words}", faults)
        if day is not None:
            found[day] = read(value, f"{field}.{words}", faults)
    return found
