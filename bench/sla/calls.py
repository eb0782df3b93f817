"""The calendar's questions, on one core, in whole seconds in and out (specs/sla.md, speed to reach)."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from bench.sla.figures import ROUNDS, Figure, least
from desk.sla.rules import days, format, instants
from desk.sla.rules.compiled import Compiled

DAY = 86_400
START = instants.read("2026-06-01T00:00:00Z")
CALENDAR: dict[str, Any] = {
    "tz": "Asia/Shanghai",
    "weekly": {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    "breaks": [["12:00", "13:00"]],
    "holidays": ["2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07", "2027-01-01"],
    "workdays": {"2026-09-20": "mon", "2026-10-10": "fri"},
    "special": {"2026-12-31": [["09:00", "12:00"]]},
}


def spread(calls: int) -> list[int]:
    """Instants over the two and a half years that are laid out."""
    return [START + n * 7919 % (600 * DAY) for n in range(calls)]


def measure(calls: int) -> list[Figure]:
    """One line a question."""
    calendar, moments = Compiled(format.parse(CALENDAR), near=START), spread(calls)
    four = days.AtWall(16 * 60)
    questions: list[tuple[str, Callable[[int], object], float]] = [
        ("add 8 h", lambda at: calendar.add(at, 28_800), 2),
        ("add -8 h", lambda at: calendar.add(at, -28_800), 2),
        ("between 6 days", lambda at: calendar.between(at, at + 6 * DAY), 3),
        ("same_day", lambda at: days.same_day(calendar, at), 5),
        ("same_day by 16:00", lambda at: days.same_day(calendar, at, four), 5),
        ("same_day, 2 h before the close", lambda at: days.same_day(calendar, at, days.USUAL), 5),
    ]
    figures = [Figure(name, per_call(question, moments), bar, "µs") for name, question, bar in questions]
    years = [START + n for n in range(5)]
    compiling = per_call(lambda at: Compiled(format.parse(CALENDAR), near=at), years) / 1000
    return [*figures, Figure("compile 2.5 years", compiling, 40, "ms")]


def per_call(question: Callable[[int], object], moments: Sequence[int]) -> float:
    """CPU µs, the loop included."""
    return least(ROUNDS, lambda: _cpu(question, moments)) * 1e6 / len(moments)


def _cpu(question: Callable[[int], object], moments: Sequence[int]) -> float:
    before = time.process_time()
    for at in moments:
        question(at)
    return time.process_time() - before
