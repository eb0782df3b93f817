"""How often a letter is tried before it lies dead."""

from datetime import timedelta

TRIES = 8  # about eight minutes: whoever wrote is not left without a word for longer
PATIENCE = timedelta(seconds=15)  # a letter that is not done by then has lost its worker


def pause_after(tries: int) -> timedelta:
    """2 s after the first failure, doubled each time, at most five minutes."""
    return timedelta(seconds=min(300, 2 ** min(tries, 12)))
