"""Locks move here, through the locksmith's functions, and nowhere else."""

from collections.abc import Sequence
from datetime import date, datetime

from desk import db
from desk.disclosure.tables import Grant
from desk.queue import wake


async def transfer(ticket: int, department: int) -> None:
    """The receiving department becomes a party: the last step of a handover, whose giver may read no more after it."""
    await db.call("select transfer_ticket($1, $2)", ticket, department)


async def involve(ticket: int, words: int, lock: str) -> list[str]:
    """Whoever is asked with these words takes part from now on. Returns the locks that the words have then."""
    audience: list[str] = await db.call("select involve($1, $2, $3)", ticket, words, lock)
    return audience


async def open_due(owners: Sequence[int], today: date, *, at: datetime, at_most: int = 500) -> int:
    """Open what has waited until the owner departments' day; the worker's sweep. Returns how many opened."""
    rows = await db.fetch("select item, ticket from open_due($1, $2, $3, $4)", list(owners), today, at, at_most)
    if rows:
        db.after_commit("wake", wake)
    return len(rows)


async def end_seals(owners: Sequence[int], today: date, *, at: datetime, at_most: int = 500) -> int:
    """What was sealed until the owner departments' day is a marker from then on. Returns how many."""
    rows = await db.fetch("select item from end_seals($1, $2, $3, $4)", list(owners), today, at, at_most)
    if rows:
        db.after_commit("wake", wake)
    return len(rows)


async def end_grants(person: int, *, at: datetime) -> None:
    """Whoever leaves the company holds no grant any more."""
    await Grant.update({Grant.until: at}).where((Grant.person == person) & (Grant.until > at))
