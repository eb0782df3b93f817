"""What may be marked as a change: a day that has come, and a reason."""

from datetime import date

from desk.i18n import Invalid, Sentence
from desk.reports.rules.periods import LONGEST


def check_mark(day: date, *, today: date) -> None:
    """Raises Invalid for a day to come, and for one that no report reaches back to."""
    if day > today:
        raise Invalid({"day": Sentence("reports.change_to_come")})
    if (today - day).days >= LONGEST:
        raise Invalid({"day": Sentence("reports.change_too_old", days=LONGEST)})
