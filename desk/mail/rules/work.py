"""How often a letter is tried before it lies dead."""

from datetime import timedelta

from desk.journal.rules import doubled

TRIES = 8  # about eight minutes: whoever wrote is not left without a word for longer
PATIENCE = timedelta(seconds=15)  # a letter that is not done by then has lost its worker


def pause_after(tries: int) -> timedelta:
    """2 s after the first failure, at most five minutes."""
    return doubled(tries, first=timedelta(seconds=2), most=timedelta(minutes=5))
