"""A notice is written as its recipient: what that person may not read, nobody tells them of."""

from datetime import datetime

from desk import db, locks
from desk.journal.queries import Fact, is_readable
from desk.notices import queries
from desk.notices.rules import BEYOND

_ADD = """
insert into notices (person, entry, ticket, subject, tag, at, audience)
values ($1, $2, null, $3, $4, $5, $6) on conflict (entry, person) do nothing returning id
"""
_ADD_AS_READ = """
insert into notices (person, entry, ticket, subject, tag, at, audience)
select $1, e.id, e.ticket, e.subject, e.tag, $3, e.audience from entries e where e.id = $2
on conflict (entry, person) do nothing returning id
"""
_READ_ALL = "update notices set read_at = $1 where read_at is null and person = $2"
_READ_OF = _READ_ALL + " and ticket = $3"


async def tell(fact: Fact, *, at: datetime) -> bool:
    """Once for each entry and reader, however often the errand runs. False when there was nothing (more) to tell.

    Whom something climbs to that they may not read is told so without words: its department, and no more.
    """
    if fact.tag in BEYOND and not await queries.is_readable(fact.ticket):
        return await is_readable(fact.entry) and await _tell_without_request(fact, at)
    if await db.call(_ADD_AS_READ, db.reader().person, fact.entry, at) is not None:
        return True
    unseen = await queries.climbed(fact)
    if unseen is None:
        return False
    return await _add(fact, f"escalation:{unseen}", at)


async def _tell_without_request(fact: Fact, at: datetime) -> bool:
    """Whose words were opened, and no more; of anything else one cannot tell."""
    if (department := fact.data.get("department")) is None:
        return False
    return await _add(fact, f"department:{department}", at)


async def _add(fact: Fact, subject: str, at: datetime) -> bool:
    """Of no request, and for the reader alone."""
    me = db.reader().person or 0
    return await db.call(_ADD, me, fact.entry, subject, fact.tag.value, at, [locks.person(me)]) is not None


async def read_all(*, at: datetime) -> None:
    await db.call(_READ_ALL, at, db.reader().person)


async def read_of(ticket: int, *, at: datetime) -> bool:
    """Whoever opens a request has seen what its notices say."""
    return await db.call(_READ_OF + " returning id", at, db.reader().person, ticket) is not None
