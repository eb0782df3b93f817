"""What a letter is about, as its recipient reads it: the transaction is theirs."""

from datetime import datetime, timedelta
from typing import Any, TypeAlias

import asyncpg
from msgspec import Struct

from desk import db
from desk.journal.queries import Fact, locks_if_readable
from desk.journal.rules import Tag
from desk.notices import queries as notices
from desk.notices import rules as recipients
from desk.outbox.rules.matters import WRITTEN, Matter, Pace, matter

Row: TypeAlias = asyncpg.Record
_WRITTEN = "select exists (select from sendings where entry = $1 and person = $2)"
_NOTICE = "select ticket, subject, audience, reach from notices where entry = $1 and person = $2"
_TICKET = """
select t.id, t.number, t.title, t.body, t.tier, t.channel, t.requester, t.removed_at, d.code, d.name_zh, d.name_en
  from tickets t join departments d on d.id = t.department where t.id = $1
"""
_WORDS = "select u.id, u.body, u.why, u.kind, u.tier, u.removed_at from updates u where u.id = $1"
_CHAIN = """
select message_id from own_letters($1)
union all
select s.message_id from (select x.message_id from sendings x where x.person = $2 and x.ticket = $1 and x.content is not null
                             and x.state in ('queued', 'sent', 'deferred') order by x.id) s
"""  # noqa: E501
# when a letter comes depends on nothing that is shut further than what it tells of
_DUE = "select min(due_at) from promises where ticket = $1 and settled_at is null and reach <= $2"
_PACE = "select pace from rhythms where person = $1 and matter = $2"
_SUSPENDED = "select exists (select from suspensions where lower(address) = lower($1) and ended_at is null)"
_FILES = """
select name from attachments where ticket = $1 and of_update is not distinct from $2 and removed_at is null and tier <= $3 order by id
"""  # noqa: E501
_ACKNOWLEDGED = """
select count(*) from sendings where person = $1 and at > $2 and tag = 'request_filed' and state <> 'skipped'
"""
_SAID = "select exists (select from entries where ticket = $1 and at = $2 and by = $3 and tag = any ($4))"
_NAME = "select name from people where id = $1"


class About(Struct, frozen=True, kw_only=True):
    """What somebody was told. `ticket` None: of nothing that they may read."""

    ticket: int | None
    subject: str
    audience: list[str]
    reach: int = 2  # 0 everyone, 1 staff, 2 who holds a key


async def addressed(fact: Fact, *, at: datetime) -> list[tuple[int, Matter]]:
    """For the worker: whom the notices told, by the part that they take, and whoever wrote to the desk by mail."""
    parts: dict[int, set[str]] = {}
    for person, part in await notices.parts(fact, at=at):
        parts.setdefault(person, set()).add(part)
    told = recipients.told(fact.tag, [(person, part) for person, of in parts.items() for part in of], by=fact.by)
    asked = [person for person, of in parts.items() if recipients.REQUESTER in of]
    if fact.tag is Tag.REQUEST_FILED:
        told = sorted({*told, *asked})
    return [(person, matter(parts[person] & _told(fact.tag))) for person in told]


def _told(tag: Tag) -> frozenset[str]:
    return recipients.TOLD.get(tag, frozenset())


async def about(fact: Fact) -> About | None:
    """What the reader was told; None for who was not. An acknowledgement is owed to who wrote by mail, though nobody is
    told of their own doing.
    """
    me = db.reader().person
    row = await db.fetch_one(_NOTICE, fact.entry, me)
    if row is not None:
        return About(**row)
    if fact.tag is not Tag.REQUEST_FILED or fact.by != me or fact.ticket is None:
        return None
    locks, asked = await locks_if_readable(fact.entry), await ticket(fact.ticket)
    if locks is None or asked is None or asked["channel"] != "mail" or asked["requester"] != me:
        return None
    return About(ticket=fact.ticket, subject=fact.subject, audience=locks)


async def is_written(entry: int) -> bool:
    return bool(await db.call(_WRITTEN, entry, db.reader().person))


async def ticket(of: int) -> Row | None:
    return await db.fetch_one(_TICKET, of)


async def words(subject: str) -> Row | None:
    """Of an entry that is about words."""
    kind, _, found = subject.partition(":")
    return await db.fetch_one(_WORDS, int(found)) if kind == "update" else None


async def chain(ticket: int) -> list[str]:
    """Ids of what the reader has of a request, oldest first: their own letters, then ours."""
    return [row["message_id"] for row in await db.fetch(_CHAIN, ticket, db.reader().person)]


async def due(about: About) -> Any:
    """The next due of what is owed in a request, as far as who reads the entry may know."""
    return None if about.ticket is None else await db.call(_DUE, about.ticket, about.reach)


async def pace(of: Matter, usual: Pace) -> Pace:
    chosen = await db.call(_PACE, db.reader().person, of.value)
    return Pace(chosen) if chosen else usual


async def acknowledged(*, at: datetime) -> int:
    """How often the reader's letters were acknowledged within a day."""
    count: int = await db.call(_ACKNOWLEDGED, db.reader().person, at - timedelta(days=1))
    return count


async def files(ticket: int, update: int | None, *, up_to: int) -> list[str]:
    """Names of what hangs on words."""
    return [row["name"] for row in await db.fetch(_FILES, ticket, update, up_to)]


async def comes_with_words(fact: Fact) -> bool:
    """Whoever replies first takes a request by it: one letter says both."""
    return bool(await db.call(_SAID, fact.ticket, fact.at, fact.by, list(WRITTEN)))


async def is_suspended(address: str) -> bool:
    return bool(await db.call(_SUSPENDED, address))


async def name(of: int | None) -> str | None:
    found: str | None = await db.call(_NAME, of)
    return found
