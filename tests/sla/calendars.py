"""Calendars that tests use, and a strategy for random ones."""

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from desk.sla.rules import format, instants, zones
from desk.sla.rules.compiled import Compiled

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HEAD_OFFICE: dict[str, Any] = {
    "tz": "Asia/Shanghai",
    "weekly": {day: [["09:00", "18:00"]] for day in WEEK[:5]},
    "breaks": [["12:00", "13:00"]],
    "holidays": ["2026-09-25", "2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"],
    "workdays": {"2026-09-20": "mon", "2026-10-10": "fri"},
    "special": {"2026-12-31": [["09:00", "12:00"]]},
    "date_breaks": {"2026-11-27": [["15:00", "16:30"]]},
}
SHIFTING = ("Australia/Lord_Howe", "America/New_York", "Africa/Casablanca", "Europe/Dublin")
CHANGES = {  # days on which a clock is put forward or back
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "Africa/Casablanca": (date(2026, 2, 15), date(2026, 3, 22)),
    "Europe/Dublin": (date(2026, 3, 29), date(2026, 10, 25)),
}


def at(words: str, zone: str = "Asia/Shanghai") -> int:
    """An instant from a wall time: at("2026-11-24 09:12")."""
    return instants.seconds(datetime.fromisoformat(words).replace(tzinfo=zones.zone(zone)))


def wall(instant: int, zone: str = "Asia/Shanghai") -> str:
    return datetime.fromtimestamp(instant, zones.zone(zone)).strftime("%Y-%m-%d %H:%M:%S").removesuffix(":00")


def head_office(**changes: Any) -> Compiled:
    return Compiled(format.parse({**HEAD_OFFICE, **changes}), near=at("2026-11-24 09:00"))


def compiled(data: dict[str, Any], near: int) -> Compiled:
    """With a short horizon, so that questions make it grow."""
    return Compiled(format.parse(data), near=near, behind=3, ahead=3)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@st.composite
def _spans(draw: st.DrawFn, latest: int = 32 * 60) -> list[list[str]]:
    ends = sorted(draw(st.lists(st.integers(0, latest // 5), min_size=2, max_size=4, unique=True)))
    pairs = zip(ends[0::2], ends[1::2], strict=False)
    return [[_clock(start * 5), _clock(end * 5)] for start, end in pairs]


@st.composite
def random_calendars(draw: st.DrawFn) -> tuple[dict[str, Any], date]:
    """(calendar, a day on which clocks change), with shifts over midnight, overlaps and every kind of exception."""
    zone = draw(st.sampled_from(SHIFTING))
    day = draw(st.sampled_from(CHANGES[zone]))
    near = st.integers(-9, 9).map(lambda n: (day + timedelta(days=n)).isoformat())
    spans = _spans()
    weekly = draw(st.dictionaries(st.sampled_from(WEEK), spans, min_size=2))
    data = {
        "tz": zone,
        "weekly": weekly,
        "breaks": draw(st.one_of(st.just([]), _spans(20 * 60))),
        "holidays": draw(st.lists(near, max_size=3, unique=True)),
        "workdays": draw(st.dictionaries(near, st.sampled_from(WEEK), max_size=2)),
        "special": draw(st.dictionaries(near, st.one_of(st.just([]), spans), max_size=2)),
        "date_breaks": draw(st.dictionaries(near, spans, max_size=2)),
    }
    return data, day
