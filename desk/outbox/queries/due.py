"""What is to be handed over: the letter as its recipient may still read it."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from desk import db
from desk.journal.queries import Fact
from desk.journal.rules import Tag
from desk.outbox.queries.facts import About

_LETTER = """
select s.address, s.content, s.at, exists (select from suspensions x where lower(x.address) = lower(s.address) and x.ended_at is null) as suspended
  from sendings s where s.id = $1 and s.content is not null
   and (s.tag <> 'digest_made' or s.told = (select count(*) from sendings w where w.within = s.id))
   and case when s.tag = 'report_told' then reader_oversees(split_part(s.subject, ':', 2)::integer) else true end
"""  # noqa: E501
_DIGESTS = "select person from digests_due($1, $2)"
_HELD = """
select s.id, s.entry, s.ticket, s.subject, s.tag, s.audience, s.at, e.by from sendings s left join entries e on e.id = s.entry
 where s.person = $1 and s.state = 'held' and s.next_at <= $2 order by s.id for update of s skip locked
"""  # noqa: E501


class Ready(Struct, frozen=True):
    address: str
    content: bytes
    at: datetime
    suspended: bool


async def ready(sending: int) -> Ready | None:
    """None when its recipient may not read it any more."""
    row = await db.fetch_one(_LETTER, sending)
    return row and Ready(*row)


class Held(Struct, frozen=True, kw_only=True):
    id: int
    fact: Fact
    about: About


async def held(at: datetime) -> list[Held]:
    """What the reader's next digest tells, as far as they still read it; nobody else tells it meanwhile."""
    return [_held(row) for row in await db.fetch(_HELD, db.reader().person, at)]


def _held(row: Any) -> Held:
    """Who did what they were told of; of what they may not read, nobody."""
    fact = Fact(
        entry=row["entry"], tag=Tag(row["tag"]), at=row["at"], by=row["by"], ticket=row["ticket"],
        subject=row["subject"], data={},
    )  # fmt: skip
    about = About(ticket=row["ticket"], subject=row["subject"], audience=row["audience"])
    return Held(id=row["id"], fact=fact, about=about)


async def untried(at: datetime) -> float:
    """Seconds that the oldest letter has waited for a first try; 0 when none does. For `desk doctor`."""
    since = await db.call("select untried_since($1)", at)
    return (at - since).total_seconds() if since else 0.0


async def digests(at: datetime, *, at_most: int) -> list[int]:
    """For the worker: people whose digest is due."""
    return [row["person"] for row in await db.fetch(_DIGESTS, at, at_most)]
