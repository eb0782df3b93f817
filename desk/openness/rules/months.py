"""Which days are counted. Figures move once a day, after it has ended everywhere: whoever watches them learns no time
of day, and no more than the day that a marker says."""

from datetime import date, datetime, timedelta

MONTHS = 12
_ENDED = timedelta(hours=12)  # the last zone ends its day half a day after UTC


def until(at: datetime) -> date:
    """The first day that is not counted yet, at an instant in UTC."""
    return (at - _ENDED).date()


def months(end: date) -> list[date]:
    """The first days of the twelve months that are told, oldest first; the last may have only begun."""
    last = end - timedelta(days=1)
    return [_first(last.year * 12 + last.month - 1 - back) for back in reversed(range(MONTHS))]


def _first(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
