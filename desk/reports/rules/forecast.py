"""How many requests will come on a day: as many as a week before, and how far such a guess has been off.

Seasonal-naive: Hyndman and Athanasopoulos, Forecasting (3rd ed., 5.2). The interval is that of past errors (5.5), by
order statistics: of n errors, those at (n + 1) / 10 and 9 (n + 1) / 10 leave out a tenth on either side.
Days on which the department is closed are foretold from such days, and open ones from open ones.
"""

import math
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

LEAD = 2  # days: tomorrow is foretold while today is not over
SPAN = timedelta(weeks=8)  # from which errors are taken
FAR = timedelta(weeks=4)  # as far back a day like this one is looked for
FEWEST = 9  # errors, below which there is no tenth on either side
NEEDED = SPAN + FAR + timedelta(days=LEAD)  # before a day that is foretold


class Day(Struct, frozen=True):
    """`n` came on it; `is_open`: as the department's calendar says."""

    day: date
    n: int
    is_open: bool


class Forecast(Struct, frozen=True):
    """`low` to `high` should hold in four of five cases, by `errors` earlier ones."""

    day: date
    likely: int
    low: int
    high: int
    errors: int

    def holds(self, n: int) -> bool:
        return self.low <= n <= self.high


def forecast(past: Sequence[Day], day: date, *, is_open: bool) -> Forecast | None:
    """From `past` (ascending), of which only what is LEAD days older than `day` counts. None: too little is known."""
    known = [one for one in past if one.day <= day - timedelta(days=LEAD)]
    likely = _likely(known, day, is_open=is_open)
    errors = sorted(_errors(known, day, is_open=is_open))
    if likely is None or len(errors) < FEWEST:
        return None
    low = errors[(len(errors) + 1) // 10 - 1]
    high = errors[math.ceil(9 * (len(errors) + 1) / 10) - 1]
    return Forecast(day, likely, max(0, likely + low), max(0, likely + high), len(errors))


def looked_back(past: Sequence[Day], days: int) -> list[tuple[Day, Forecast | None]]:
    """The last `days` of `past`, each with what had been foretold for it."""
    return [(one, forecast(past, one.day, is_open=one.is_open)) for one in past[-days:]]


def held(looked: Sequence[tuple[Day, Forecast | None]]) -> tuple[int, int]:
    """(how often the interval held, of how many)."""
    told = [found.holds(one.n) for one, found in looked if found]
    return sum(told), len(told)


def _likely(known: Sequence[Day], day: date, *, is_open: bool) -> int | None:
    """As on the same weekday of the week before; where that was not such a day, as on the last that was."""
    alike = [one for one in known if one.is_open == is_open and day - FAR <= one.day <= day - timedelta(days=LEAD)]
    same = [one for one in alike if one.day.weekday() == day.weekday()]
    return same[-1].n if same else alike[-1].n if alike else None


def _errors(known: Sequence[Day], day: date, *, is_open: bool) -> list[int]:
    """What came, less what would have been foretold, for the days before that are like this one."""
    lot = [one for one in known if one.is_open == is_open and one.day >= day - SPAN]
    foretold = [(one.n, _likely(known, one.day, is_open=is_open)) for one in lot]
    return [n - likely for n, likely in foretold if likely is not None]
