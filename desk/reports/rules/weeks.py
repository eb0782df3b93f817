"""Which weeks a trend is drawn of, and of which its limits are made."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct

SHOWN = 26  # whole weeks, until the last Sunday
WEEK = timedelta(weeks=1)


class Weeks(Struct, frozen=True):
    """Mondays, ascending: `shown`, and all those `before` with which the first of them belongs together."""

    shown: list[date]
    before: list[date]


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def first_whole(day: date) -> date:
    """The Monday from which on whole weeks are as they are since `day`."""
    return day if day.weekday() == 0 else monday(day) + WEEK


def weeks(today: date, *, began: date | None, breaks: Iterable[date]) -> Weeks:
    """`began`: when there was something to count for the first time; `breaks`: from which days on all is different."""
    end = monday(today)
    shown = [end - WEEK * n for n in range(SHOWN, 0, -1)]
    older = [first_whole(day) for day in breaks if first_whole(day) <= shown[0]]
    start = max([monday(began), *older]) if began else shown[0]
    return Weeks(shown, [start + WEEK * n for n in range((shown[0] - start) // WEEK)])


def places(breaks: Iterable[date], shown: Sequence[date]) -> dict[int, list[date]]:
    """Place of the first week after a break, among those shown -> the days from which on something is different."""
    found: dict[date, set[date]] = {}
    for day in breaks:
        found.setdefault(first_whole(day), set()).add(day)
    return {n: sorted(found[monday]) for n, monday in enumerate(shown) if monday in found}
