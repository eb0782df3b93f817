"""Who a transaction runs as."""

from dataclasses import dataclass

CORE = 4


@dataclass(frozen=True, slots=True)
class Reader:
    """A person's id and the highest tier that this access reaches (a token may reach less than its person)."""

    person: int | None
    cap: int = CORE


NOBODY = Reader(None)
"""Holds no key and reads no locked row: sign-in, relay, sweep."""
