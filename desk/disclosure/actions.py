"""Locks move here, through the locksmith's functions, and nowhere else."""

from datetime import date, datetime

from desk import db
from desk.disclosure.tables import Grant


async def transfer(ticket: int, department: int) -> None:
    """The receiving department becomes a party: the last step of a handover, whose giver may read no more after it."""
    await db.call("select transfer_ticket($1, $2)", ticket, department)


async def open_due(today: date, *, at: datetime) -> int:
    """Open what has waited long enough, in portions of 500; the worker's sweep. Returns how many opened."""
    rows = await db.fetch("select item, ticket from open_due($1, $2)", today, at)
    return len(rows)


async def end_grants(person: int, *, at: datetime) -> None:
    """Whoever leaves the company holds no grant any more."""
    await Grant.update({Grant.until: at}).where((Grant.person == person) & (Grant.until > at))
