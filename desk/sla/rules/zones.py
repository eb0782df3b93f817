"""Time zones from PyPI's tzdata, never from the machine: two servers with different system data must agree on a due."""

import re
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import tzdata  # type: ignore[import-untyped]

VERSION: str = tzdata.IANA_VERSION  # stored with each compiled calendar; another version means recompile
_FOLDER = Path(tzdata.__file__).parent / "zoneinfo"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}")


@cache
def _load(name: str) -> ZoneInfo:
    with (_FOLDER / name).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises KeyError when there is none."""
    if not _NAME.fullmatch(name):
        raise KeyError(name)
    try:
        return _load(name)
    except (OSError, ValueError):
        raise KeyError(name)


def instant(place: ZoneInfo, day: int, minutes: int) -> int:
    """The instant of a wall time, `minutes` after midnight of a day number (past 1440: the days after).

    RFC 5545 3.3.5 = fold 0: a repeated wall time is its first occurrence, a skipped one has the offset before the gap.
    """
    wall = datetime.fromordinal(day) + timedelta(minutes=minutes)
    return int(wall.replace(tzinfo=place).timestamp())
