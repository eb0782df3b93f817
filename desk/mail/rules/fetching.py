"""What is fetched together, how often, and how long a fault is waited for."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

TRIES = 5  # of a letter that the server does not give away, or that cannot be kept
MOST_TOGETHER = 50  # letters
MOST_BYTES_TOGETHER = 4 * 1024 * 1024
LONGEST_PAUSE = 300.0
LOGIN_PAUSE = 60.0  # a server locks out who asks too often with a wrong password


class Fault(StrEnum):
    """Why a channel stands still; without what a server said, which may quote anything."""

    UNREACHABLE = "unreachable"
    LOGIN = "login"
    TOKEN = "token"
    FOLDER = "folder"
    DATABASE = "database"
    SERVER = "server"


def pause(fault: Fault, times: int) -> float:
    """Seconds until the next try, after so many faults in a row (from 1)."""
    least = LOGIN_PAUSE if fault in (Fault.LOGIN, Fault.TOKEN) else 1.0
    return min(least * 2.0 ** min(times - 1, 20), LONGEST_PAUSE)


def portions(sizes: Mapping[int, int], tries: Mapping[int, int]) -> Iterator[list[int]]:
    """UIDs that are fetched in one go, oldest first. What failed before goes alone: it must not hold up the others."""
    portion: list[int] = []
    for uid in sorted(sizes, key=lambda uid: (tries.get(uid, 0), uid)):
        too_many = len(portion) == MOST_TOGETHER or sum(map(sizes.__getitem__, [*portion, uid])) > MOST_BYTES_TOGETHER
        if portion and (too_many or tries.get(uid)):
            yield portion
            portion = []
        portion.append(uid)
    if portion:
        yield portion
