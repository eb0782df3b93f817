"""How often a call is tried, and when again."""

from datetime import timedelta

from desk.journal.rules import doubled

TRIES = 10
LEASE = timedelta(minutes=1)  # a call that a worker took and never settled is due again then


def pause_after(tries: int) -> timedelta:
    """15 s after the first failure, doubled each time, at most an hour: a day of tries in all would help nobody."""
    return doubled(tries, first=timedelta(seconds=15), most=timedelta(hours=1))
