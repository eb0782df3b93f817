"""How often a letter is tried before it lies dead, and which one nobody needs to try."""

from datetime import timedelta

from desk.journal.rules import doubled
from desk.mail.rules.limits import Reason

TRIES = 8  # about eight minutes: whoever wrote is not left without a word for longer
PATIENCE = timedelta(seconds=15)  # a letter that is not done by then has lost its worker


def pause_after(tries: int) -> timedelta:
    """2 s after the first failure, at most five minutes."""
    return doubled(tries, first=timedelta(seconds=2), most=timedelta(minutes=5))


def left_behind(fault: str | None) -> Reason | None:
    """Why the postroom kept no more than the beginning of a letter; None: it kept all of it."""
    told = (fault or "").partition(":")[0]
    return next((reason for reason in (Reason.TOO_BIG, Reason.NOT_TAKEN) if reason.value == told), None)
