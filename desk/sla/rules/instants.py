"""Instants at the edge: text, datetimes and business days turned into the integers that the rules count with."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from desk.i18n import Refused
from desk.sla.rules import zones


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970 UTC of an aware datetime; a fraction is cut off."""
    return int(moment.timestamp() // 1)


def moment(at: int) -> datetime:
    """The UTC datetime of an instant."""
    return datetime.fromtimestamp(at, UTC)


def text(at: int) -> str:
    """YYYY-MM-DDTHH:MM:SSZ"""
    return moment(at).strftime("%Y-%m-%dT%H:%M:%SZ")


def read(words: str, *, field: str = "t") -> int:
    """An instant from ISO 8601 with an offset. Raises Refused for anything vague: no offset, parts of a second."""
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        raise Refused("sla.bad_instant", field=field, name=field, words=words)
    if found.tzinfo is None or found.microsecond:
        raise Refused("sla.bad_instant", field=field, name=field, words=words)
    return seconds(found)


def day(ordinal: int) -> str:
    """YYYY-MM-DD of a day number (date.toordinal)."""
    return date.fromordinal(ordinal).isoformat()


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """When a local day begins."""
    return moment(zones.instant(zone, day.toordinal(), 0))


def local_day(at: int, zone: ZoneInfo) -> int:
    """The day number of the local date at an instant."""
    return datetime.fromtimestamp(at, zone).toordinal()
