"""Who a transaction runs as."""

from dataclasses import dataclass

CORE = 4


@dataclass(frozen=True, slots=True)
class Reader:
    """A person's id and the highest tier that this access reaches (a token may reach less than its person)."""

    person: int | None
    cap: int = CORE


HOUSE = Reader(0, cap=1)
"""Nobody in particular who works here: reads what every employee may (tiers 0 and 1), holds no key, does nothing."""
NOBODY = Reader(None)
"""Holds no key and reads no locked row: sign-in, relay, sweep."""
