"""The days that a report tells of, as an address names them: both ends count."""

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

    def weeks(self) -> list[date]:
        """The Mondays of the weeks that it touches; the first may lie before it."""
        monday = self.first - timedelta(days=self.first.weekday())
        return [monday + timedelta(days=n) for n in range(0, (self.end - monday).days, 7)]

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


def _day(words: str, field: str) -> date:
    try:
        found = date.fromisoformat(words)
    except ValueError:
        found = None
    if found is None or not 2000 <= found.year < 2200:
        raise Invalid({field: Sentence("reports.no_day", words=words[:20])})
    return found
