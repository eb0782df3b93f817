"""What a letter is about, as its recipient reads it: the transaction is theirs."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct

from desk import db
from desk.directory.queries import Person
from desk.journal.queries import Fact
from desk.journal.rules import Tag
from desk.notices import queries as notices
from desk.notices import rules as recipients
from desk.outbox.rules.matters import WRITTEN, Matter, Pace, matter

Row: TypeAlias = Mapping[str, Any]
_OF_TICKET = """
  select t.id, t.number, t.title, t.body, t.tier, t.channel, t.requester, t.removed_at, d.code, d.name_zh, d.name_en
    from tickets t join departments d on d.id = t.department"""
_OF_WORDS = "select u.id, u.body, u.why, u.kind, u.tier, u.removed_at from updates u"
# All that a letter can need, in one trip: as its recipient reads it. $3: the tag; $4: the kind of matter; $5: since
# when acknowledgements count. When a letter comes depends on nothing that is shut further than what it tells of.
_GATHERED = f"""
with told as materialized (
  select n.ticket, n.subject, n.audience, n.reach from notices n where n.entry = $1 and n.person = $2
), about as materialized (
  select * from told
  union all  -- an acknowledgement is owed to who wrote by mail, though nobody is told of their own doing
  select e.ticket, e.subject, e.audience, 2 from entries e join tickets t on t.id = e.ticket
   where $3 = 'request_filed' and e.id = $1 and e.by = $2 and t.channel = 'mail' and t.requester = $2
     and not exists (select from told)
), ticket as materialized (
  {_OF_TICKET}
   where t.id = (select a.ticket from about a)
), words as materialized (
  {_OF_WORDS}
   where u.id = (select case when a.subject like 'update:%' then split_part(a.subject, ':', 2)::bigint end
                   from about a join ticket t on true)
), person as materialized (select p.* from people p where p.id = $2)
select json_build_object(
  'written', exists (select from sendings where entry = $1 and person = $2),
  'about', (select row_to_json(a) from about a),
  'to', (select row_to_json(p) from person p),
  'ticket', (select row_to_json(t) from ticket t),
  'words', (select row_to_json(w) from words w),
  'by', (select p.name from people p where p.id = $6),
  'suspended', exists (select from suspensions s, person p
                        where lower(s.address) = lower(p.email) and s.ended_at is null),
  'pace', (select pace from rhythms where person = $2 and matter = $4),
  'due', (select min(o.due_at) from promises o where o.ticket = (select a.ticket from about a) and o.settled_at is null
             and o.reach <= (select a.reach from about a)),
  'files', array(select f.name from attachments f where f.ticket = (select t.id from ticket t) and f.removed_at is null
                    and f.of_update is not distinct from (select w.id from words w)
                    and f.tier <= greatest(1, (select t.tier from ticket t), (select w.tier from words w))
                  order by f.id),
  'chain', array(select own_letters(t.id) from ticket t)
        || array(select s.message_id from sendings s where s.ticket = (select t.id from ticket t) and s.person = $2
                    and s.content is not null and s.state in ('queued', 'sent', 'deferred') order by s.id),
  'acknowledged', case when $3 = 'request_filed' then (select count(*) from sendings s
                     where s.person = $2 and s.at > $5 and s.tag = $3 and s.state <> 'skipped') else 0 end,
  'said', case when $3 = 'request_taken' then exists (select from entries e
                     where e.ticket = (select a.ticket from about a) and e.at = $7 and e.by = $6 and e.tag = any ($8))
               else false end)::text
"""  # noqa: S608 - constants of this file
_TICKET = f"""
{_OF_TICKET} where t.id = $1
"""
_WORDS = f"{_OF_WORDS} where u.id = $1"
_SUSPENDED = "select exists (select from suspensions where lower(address) = lower($1) and ended_at is null)"
_NAME = "select name from people where id = $1"


class About(Struct, frozen=True, kw_only=True):
    """What somebody was told. `ticket` None: of nothing that they may read."""

    ticket: int | None
    subject: str
    audience: list[str]
    reach: int = 2  # 0 everyone, 1 staff, 2 who holds a key


class Gathered(Struct, frozen=True, kw_only=True):
    """What one letter can need. `about` None: its recipient was not told."""

    written: bool
    about: About | None
    to: Person
    ticket: dict[str, Any] | None
    words: dict[str, Any] | None
    by: str | None  # who did what it tells of
    suspended: bool
    pace: Pace | None  # as they chose
    due: datetime | None  # the next of what is owed in the request, as far as who reads the entry may know
    files: tuple[str, ...]
    chain: tuple[str, ...]  # ids of what they have of the request, oldest first: their own letters, then ours
    acknowledged: int  # of their letters, within a day
    said: bool  # whoever replies first takes a request by it: one letter says both


async def addressed(fact: Fact, *, at: datetime) -> list[tuple[int, Matter]]:
    """For the worker: who is told, by the part that they take, and who wrote to the desk by mail."""
    parts: dict[int, set[str]] = {}
    for person, part in await notices.parts(fact, at=at):
        parts.setdefault(person, set()).add(part)
    told = recipients.told(fact.tag, [(person, part) for person, of in parts.items() for part in of], by=fact.by)
    asked = [person for person, of in parts.items() if recipients.REQUESTER in of]
    if fact.tag is Tag.REQUEST_FILED and fact.data.get("channel") == "mail":
        told = sorted({*told, *asked})
    return [(person, matter(parts[person] & _told(fact.tag))) for person in told]


def _told(tag: Tag) -> frozenset[str]:
    return recipients.TOLD.get(tag, frozenset())


async def gather(fact: Fact, of: Matter, *, at: datetime) -> Gathered:
    text = await db.call(
        _GATHERED, fact.entry, db.reader().person, fact.tag.value, of.value, at - timedelta(days=1), fact.by, fact.at,
        list(WRITTEN),
    )  # fmt: skip
    return msgspec.json.decode(text, type=Gathered)


async def ticket(of: int) -> Row | None:
    return await db.fetch_one(_TICKET, of)


async def words(subject: str) -> Row | None:
    """Of an entry that is about words."""
    kind, _, found = subject.partition(":")
    return await db.fetch_one(_WORDS, int(found)) if kind == "update" else None


async def is_suspended(address: str) -> bool:
    return bool(await db.call(_SUSPENDED, address))


async def name(of: int | None) -> str | None:
    found: str | None = await db.call(_NAME, of)
    return found
