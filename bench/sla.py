"""CPU time of the calendar's questions, on one core, in whole seconds in and out (specs/sla.md, speed to reach)."""

import argparse
import json
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from desk.sla.rules import days, format, instants
from desk.sla.rules.compiled import Compiled

_DAY = 86_400
CALENDAR: dict[str, Any] = {
    "tz": "Asia/Shanghai",
    "weekly": {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    "breaks": [["12:00", "13:00"]],
    "holidays": ["2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07", "2027-01-01"],
    "workdays": {"2026-09-20": "mon", "2026-10-10": "fri"},
    "special": {"2026-12-31": [["09:00", "12:00"]]},
}


class Line(NamedTuple):
    name: str
    used: float  # µs; compile in ms
    bar: float
    unit: str


def main(argv: list[str]) -> int:
    """Prints a table, or JSON with --json; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench sla", description=__doc__)
    parser.add_argument("--calls", type=int, default=200_000, help="calls per question")
    parser.add_argument("--json", action="store_true", help="for machines")
    options = parser.parse_args(argv)
    lines = measure(options.calls)
    if options.json:
        print(
            json.dumps({line.name: {"cpu": round(line.used, 3), "bar": line.bar, "unit": line.unit} for line in lines})
        )
    else:
        for line in lines:
            print(f"{line.name:24} {line.used:8.2f} {line.unit}   bar {line.bar:g} {line.unit}")
    return int(any(line.used > line.bar for line in lines))


def measure(calls: int) -> list[Line]:
    """One line a question, each at instants spread over the two and a half years that are laid out."""
    start = instants.read("2026-06-01T00:00:00Z")
    calendar = Compiled(format.parse(CALENDAR), near=start)
    moments = [start + n * 7919 % (600 * _DAY) for n in range(calls)]
    four = days.AtWall(16 * 60)
    questions: list[tuple[str, Callable[[int], int], float]] = [
        ("add 8 h", lambda at: calendar.add(at, 28_800), 2),
        ("add -8 h", lambda at: calendar.add(at, -28_800), 2),
        ("between 6 days", lambda at: calendar.between(at, at + 6 * _DAY), 3),
        ("same_day", lambda at: days.same_day(calendar, at), 5),
        ("same_day by 16:00", lambda at: days.same_day(calendar, at, four), 5),
        ("same_day, 2 h before", lambda at: days.same_day(calendar, at, days.USUAL), 5),
    ]
    lines = [Line(name, _cpu(question, moments) * 1e6 / calls, bar, "µs") for name, question, bar in questions]
    years = [start + n for n in range(5)]
    compiling = _cpu(lambda at: Compiled(format.parse(CALENDAR), near=at).version, years)
    return [*lines, Line("compile 2.5 years", compiling * 1e3 / len(years), 40, "ms")]


def _cpu(question: Callable[[int], int], moments: list[int]) -> float:
    """CPU seconds of all calls, the loop included."""
    before = time.process_time()
    for at in moments:
        question(at)
    return time.process_time() - before
