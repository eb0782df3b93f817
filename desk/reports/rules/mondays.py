"""When the letter of a week is due, and which days it tells of, by a department's calendar."""

from datetime import date, timedelta

from desk.reports.rules.periods import Period
from desk.reports.rules.weeks import WEEK
from desk.sla.rules.compiled import Compiled

AT = 8 * 60 + 30  # minutes after midnight
_BACK = 8  # weeks; who was closed for longer has nobody who waits for more


def due(calendar: Compiled, monday: date) -> int | None:
    """08:30 of an open Monday; else when the first open day of that week opens. None: none of it is open."""
    opening = _opening(calendar, monday)
    if opening is None or opening >= calendar.wall(monday.toordinal() + 1, 0):
        return opening
    return calendar.wall(monday.toordinal(), AT)


def told(calendar: Compiled, monday: date) -> Period:
    """The week before, and the weeks before that which had no letter because they were closed."""
    first = monday - WEEK
    for _ in range(_BACK):
        if _opening(calendar, first) is not None:
            break
        first -= WEEK
    return Period(first, monday - timedelta(days=1))


def _opening(calendar: Compiled, monday: date) -> int | None:
    start, end = (calendar.wall((monday + span).toordinal(), 0) for span in (timedelta(), WEEK))
    spans = calendar.spans(start, end)
    return spans[0][0] if spans else None
