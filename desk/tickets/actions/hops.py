"""In whose hands a request is: exactly one holder at any second between filing and end."""

from collections.abc import Sequence
from datetime import datetime

from desk import db

_CLOSE = "update hops set until = $2 where ticket = $1 and until is null returning id"
_OPEN = """
insert into hops (ticket, holder, department, since, by, reason, audience) values ($1, $2, $3, $4, $5, $6, $7)
"""
_GAP = """
insert into hops (ticket, holder, since, until, by, audience) values ($1, 'nobody', $2, $3, $4, $5)
"""


async def begin(
    ticket: int, *, department: int | None, at: datetime, audience: Sequence[str], reason: str | None = None
) -> None:
    """Into the hands of a department, or of the requester (None)."""
    holder = "requester" if department is None else "department"
    await db.call(_OPEN, ticket, holder, department, at, db.reader().person, reason, list(audience))


async def pass_on(
    ticket: int, *, department: int | None, at: datetime, audience: Sequence[str], reason: str | None = None
) -> None:
    """The open hop ends and the next begins in the same instant."""
    await end(ticket, at=at)
    await begin(ticket, department=department, at=at, audience=audience, reason=reason)


async def nobodys(ticket: int, *, since: datetime, until: datetime, audience: Sequence[str]) -> None:
    """Between an end and a reopening it was in nobody's hands, and the sums say so."""
    await db.call(_GAP, ticket, since, until, db.reader().person, list(audience))


async def end(ticket: int, *, at: datetime) -> None:
    await db.call(_CLOSE, ticket, at)
