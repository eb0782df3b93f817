"""Who a transaction runs as, and the words that locks and keys are made of."""

from dataclasses import dataclass

EVERYONE = "everyone"
STAFF = "staff"
CORE = 4


@dataclass(frozen=True, slots=True)
class Reader:
    """A person's id and the highest tier that this access reaches (a token may reach less than its person)."""

    person: int | None
    cap: int = CORE


NOBODY = Reader(None)
"""Holds no key and reads no locked row: sign-in, relay, sweep, migrations' checks."""


def department(of: int) -> str:
    return f"department:{of}"


def handlers(of: int) -> str:
    return f"handlers:{of}"


def person(of: int) -> str:
    return f"person:{of}"


def ticket(of: int) -> str:
    return f"ticket:{of}"


def update(of: int) -> str:
    return f"update:{of}"
