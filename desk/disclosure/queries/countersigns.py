"""What second persons are asked to agree to; known to whoever asks and to whoever is asked."""

from datetime import date, datetime

from msgspec import Struct

from desk import db
from desk.i18n import NotFound


class Asked(Struct, frozen=True, kw_only=True):
    """What a second person is asked to agree to: neither words nor a title."""

    id: int
    token: str
    number: int | None  # of the request, where the one who looks may read it
    item: str
    kind: str  # core, seal
    reason: str
    sentence: str
    until: date
    asked_by: int
    asked_name: str
    second: int
    second_name: str
    asked_at: datetime
    answered_at: datetime | None
    agreed: bool
    owner: int


_ASKED = """
select c.id, c.token, t.number, c.item, c.kind, c.reason, c.sentence, c.until, c.asked_by, a.name as asked_name,
       c.second, s.name as second_name, c.asked_at, c.answered_at, c.agreed, c.owner
  from countersigns c join people a on a.id = c.asked_by join people s on s.id = c.second
  left join tickets t on t.id = c.ticket
"""
_ONE = _ASKED + " where c.token = $1"
_OF_ITEM = _ASKED + " where c.ticket = $1 and c.item = $2 and c.answered_at is null order by c.id"
_WAITING = _ASKED + " where c.second = $1 and c.answered_at is null order by c.id"


async def asked(token: str) -> Asked:
    """Raises NotFound for whoever neither asked nor is asked."""
    row = await db.fetch_one(_ONE, token)
    if row is None:
        raise NotFound
    return Asked(**dict(row))


async def asked_of(ticket: int, item: str) -> list[Asked]:
    """What is being asked about a portion, as far as the reader takes part in it."""
    return [Asked(**dict(row)) for row in await db.fetch(_OF_ITEM, ticket, item)]


async def waiting(second: int) -> list[Asked]:
    return [Asked(**dict(row)) for row in await db.fetch(_WAITING, second)]
