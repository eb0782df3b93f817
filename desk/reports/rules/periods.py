"""The days that a report tells of, as an address names them: both ends count."""

from collections.abc import Callable
from datetime import date, timedelta

from msgspec import Struct

from desk.i18n import Invalid, Sentence

LONGEST = 800  # days


class Period(Struct, frozen=True):
    first: date
    last: date

    @property
    def end(self) -> date:
        """The first day after it."""
        return self.last + timedelta(days=1)

    def query(self) -> dict[str, str]:
        """As an address says it."""
        return {"from": self.first.isoformat(), "to": self.last.isoformat()}

    def weeks(self) -> list[date]:
        """The Mondays of the weeks that it touches; the first may lie before it."""
        monday = self.first - timedelta(days=self.first.weekday())
        return [monday + timedelta(days=n) for n in range(0, (self.end - monday).days, 7)]

    def months(self) -> "Period":
        """Whole ones, as many as it touches."""
        after = self.last.replace(day=28) + timedelta(days=4)
        return Period(self.first.replace(day=1), after.replace(day=1) - timedelta(days=1))

    def within(self, monday: date) -> "Period":
        """What of it lies in a week."""
        return Period(max(self.first, monday), min(self.last, monday + timedelta(days=6)))


def read(first: str, last: str, *, today: date) -> Period:
    """ "" and "": the month until today; one of them: that month, as far as it goes. Raises Invalid with a sentence."""
    until = _day(last, "to") if last else None
    since = _day(first, "from") if first else (until or today).replace(day=1)
    until = until or max(today, since)
    if until < since:
        raise Invalid({"to": Sentence("reports.ends_before", since=since.isoformat(), until=until.isoformat())})
    if (until - since).days >= LONGEST:
        raise Invalid({"to": Sentence("reports.too_long", days=LONGEST)})
    return Period(since, until)


def named(word: str, *, today: date) -> Period:
    """What runs ends today. Raises Invalid for a word that means nothing here."""
    if word not in NAMED:
        raise Invalid({"period": Sentence("reports.no_period", words=word[:20])})
    return NAMED[word](today)


def _weeks(today: date, n: int) -> Period:
    """So many whole weeks, before the one that runs."""
    monday = today - timedelta(days=today.weekday())
    return Period(monday - timedelta(weeks=n), monday - timedelta(days=1))


def _months(today: date, *, step: int) -> Period:
    """The month (step 1) or quarter (step 3) before the one that runs."""
    begins = today.replace(month=(today.month - 1) // step * step + 1, day=1)
    back = begins.year * 12 + begins.month - 1 - step
    return Period(date(back // 12, back % 12 + 1, 1), begins - timedelta(days=1))


NAMED: dict[str, Callable[[date], Period]] = {
    "this_week": lambda today: Period(today - timedelta(days=today.weekday()), today),
    "last_week": lambda today: _weeks(today, 1),
    "this_month": lambda today: Period(today.replace(day=1), today),
    "last_month": lambda today: _months(today, step=1),
    "last_quarter": lambda today: _months(today, step=3),
    "last_12_weeks": lambda today: _weeks(today, 12),
}


def _day(words: str, field: str) -> date:
    try:
        found = date.fromisoformat(words)
    except ValueError:
        found = None
    if found is None or not 2000 <= found.year < 2200:
        raise Invalid({field: Sentence("reports.no_day", words=words[:20])})
    return found
