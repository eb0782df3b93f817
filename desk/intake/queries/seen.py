"""Letters that came before, as the desk itself knows them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from desk import db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
_ALONE = "select pg_advisory_xact_lock(hashtextextended($1, 17))"
_TWIN = """
select id from letters where message_id = $1 and digest = $2 and id <> $3 and twin is null order by id limit 1
"""
_TICKETS = """
select l.ticket from letters l where l.message_id = any ($1) and l.ticket is not null
 order by array_position($1, l.message_id), l.id desc limit 1
"""
_REPEATED = """
select count(*) from letters where author = $1 and said = $2 and at > $3 and at <= $4 and id <> $5 and twin is null
"""
_AUTOMATIC = """
select count(*) from letters where author = $1 and outcome = 'automatic' and at > $2 and at <= $3 and id <> $4
"""


async def twin(message_id: str, digest: str, *, but: int) -> int | None:
    """The same letter, which came before. Of two that are understood at once, the second waits for the first."""
    await db.fetch(_ALONE, message_id)
    found: int | None = await db.call(_TWIN, message_id, digest, but)
    return found


async def ticket(message_ids: Sequence[str]) -> int | None:
    """What became of a letter that is answered; the first of these ids that is known counts."""
    if not message_ids:
        return None
    found: int | None = await db.call(_TICKETS, list(message_ids))
    return found


async def repeated(author: str, said: str, *, at: datetime, but: int) -> int:
    """How often somebody has written the same within an hour."""
    return int(await db.call(_REPEATED, author, said, at - HOUR, at, but))


async def automatic(author: str, *, at: datetime, but: int) -> int:
    """How many of a machine's letters came from an address within a day."""
    return int(await db.call(_AUTOMATIC, author, at - DAY, at, but))
