"""businesstimedelta and business-duration, which are no part of the desk, asked the same at the same instants.

They get ready-made datetimes and what they can express of the calendar. Where they are not installed, the table says
how to install them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

from bench.sla.calls import CALENDAR, DAY, START, per_call
from bench.sla.figures import Figure
from desk.sla.rules import format, instants
from desk.sla.rules.compiled import Compiled

INSTALL = "not installed: pip install --require-hashes -r bench/requirements.lock"
CANNOT = {"businesstimedelta": ("workdays", "special"), "business-duration": ("workdays", "special", "breaks")}
_NAMES = {"workdays": "make-up days", "special": "half days", "breaks": "breaks"}
_OPEN, _CLOSE, _ZONE = time(9), time(18), ZoneInfo("Asia/Shanghai")
_HOLIDAYS = [date.fromisoformat(day) for day in CALENDAR["holidays"]]
_FAR = date(2031, 1, 1)  # businesstimedelta fails where no holiday is to come
_WEEK, _BUDGET = 6 * DAY, 28_800
Ask = Callable[[datetime, datetime], int]


@dataclass(frozen=True)
class Asked:
    """`ours` on the calendar that they can express."""

    library: str
    question: str
    theirs: Callable[[int], int]
    ours: Callable[[Compiled, int], int]


def measure(moments: Sequence[int]) -> list[Figure]:
    return [*_lines("businesstimedelta", _businesstimedelta, moments), *_lines("business-duration", _duration, moments)]


def _lines(library: str, questions: Callable[[Sequence[int]], list[Asked]], moments: Sequence[int]) -> list[Figure]:
    try:
        asked = questions(moments)
    except ImportError:
        return [Figure(library, None, None, "µs", INSTALL)]
    return [_figure(one, moments) for one in asked]


def _figure(asked: Asked, moments: Sequence[int]) -> Figure:
    cannot = CANNOT[asked.library]
    theirs = [asked.theirs(at) for at in moments]
    like, whole = (_agreed(asked, _without(parts), moments, theirs) for parts in (cannot, ()))
    note = f"agrees {like}/{len(moments)} without {', '.join(_NAMES[part] for part in cannot)}, {whole} with them"
    return Figure(f"{asked.library}: {asked.question}", per_call(asked.theirs, moments), None, "µs", note)


def _agreed(asked: Asked, calendar: Compiled, moments: Sequence[int], theirs: Sequence[int]) -> int:
    return sum(asked.ours(calendar, at) == found for at, found in zip(moments, theirs, strict=True))


def _without(parts: Sequence[str]) -> Compiled:
    return Compiled(format.parse({name: part for name, part in CALENDAR.items() if name not in parts}), near=START)


def _businesstimedelta(moments: Sequence[int]) -> list[Asked]:
    library, pytz = import_module("businesstimedelta"), import_module("pytz")
    zone, at = pytz.timezone("Asia/Shanghai"), _ready(moments, pytz.utc)
    work = library.WorkDayRule(start_time=_OPEN, end_time=_CLOSE, working_days=[0, 1, 2, 3, 4], tz=zone)
    lunch = library.LunchTimeRule(start_time=time(12), end_time=time(13), working_days=[0, 1, 2, 3, 4], tz=zone)
    rules = library.Rules([work, lunch, library.HolidayRule([*_HOLIDAYS, _FAR], tz=zone)])
    budget = library.BusinessTimeDelta(rules, seconds=_BUDGET)
    return [
        Asked("businesstimedelta", "add 8 h", lambda t: instants.seconds(at[t] + budget), _add),
        Asked(
            "businesstimedelta", "between 6 days", lambda t: _whole(rules.difference(at[t], at[t + _WEEK])), _between
        ),
    ]


def _duration(moments: Sequence[int]) -> list[Asked]:
    count: Callable[..., Any] = import_module("business_duration").businessDuration
    import_module("pandas")  # which it imports in each call
    at = {t: moment.replace(tzinfo=None) for t, moment in _ready(moments, _ZONE).items()}

    def between(t: int) -> int:
        return int(count(at[t], at[t + _WEEK], _OPEN, _CLOSE, holidaylist=_HOLIDAYS, unit="sec"))

    return [Asked("business-duration", "between 6 days", between, _between)]


def _ready(moments: Sequence[int], zone: Any) -> dict[int, datetime]:
    return {at: instants.moment(at).astimezone(zone) for t in moments for at in (t, t + _WEEK)}


def _whole(delta: Any) -> int:
    return int(delta.hours * 3600 + delta.seconds)


def _add(calendar: Compiled, at: int) -> int:
    return calendar.add(at, _BUDGET)


def _between(calendar: Compiled, at: int) -> int:
    return calendar.between(at, at + _WEEK)
