"""What a server's answer means for a letter (RFC 5321 4.2, RFC 3463)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desk.journal.rules import doubled

GIVEN_UP = timedelta(days=5)  # RFC 5321 4.5.4.1: at least four to five days
LEASE = timedelta(minutes=2)  # a worker that has not settled a letter by then has died
_ENHANCED = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})\b")


class State(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    DEFERRED = "deferred"
    BOUNCED = "bounced"
    HELD = "held"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Verdict:
    """`fault`: the server's codes, never its words: they may quote ours."""

    state: State
    fault: str | None = None
    refuses: bool = False  # the address itself
    away: bool = False  # no answer about this letter: the server is out of reach, or knows us not


def answered(code: int, text: bytes = b"") -> Verdict:
    """What a server said to a recipient or to the letter."""
    if 200 <= code < 300:
        return Verdict(State.SENT)
    found = _ENHANCED.match(text)
    enhanced = found[1].decode() if found else ""
    fault = f"{code} {enhanced}".strip()
    if 500 <= code < 600:
        return Verdict(State.BOUNCED, fault, refuses=enhanced.startswith("5.1."))
    return Verdict(State.DEFERRED, fault)


def later(at: datetime, tries: int) -> datetime:
    """A minute after the first try, twice as long each time, at most four hours."""
    return at + doubled(max(tries, 1), first=timedelta(minutes=1), most=timedelta(hours=4))


def settled(verdict: Verdict, *, written: datetime, at: datetime) -> Verdict:
    """Who could not be reached for five days will not be: the letter is given up, the address is not."""
    if verdict.state is State.DEFERRED and at - written >= GIVEN_UP:
        return Verdict(State.BOUNCED, verdict.fault, away=verdict.away)
    return verdict
