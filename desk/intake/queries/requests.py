"""Requests that a letter may be about, as far as whoever wrote it reads them: row security says so."""

from datetime import datetime

from msgspec import Struct

from desk import db

_OF_ENTRY = """
select t.number, coalesce(not u.for_requester, e.subject like 'update:%') as note, coalesce(u.tier, 0) as tier,
       u.reason, u.sentence
  from entries e join tickets t on t.id = e.ticket
  left join updates u on u.ticket = t.id and e.subject = 'update:' || u.id where e.id = $1
"""
_NUMBER = "select number from tickets where id = $1"
_PARTICIPANT = """
select t.requester = $2 or t.handler = $2 or t.logged_by = $2
    or exists (select from watches w where w.ticket = t.id and w.person = $2)
    or exists (select from updates u where u.ticket = t.id and u.author = $2)
    or exists (select from promises p where p.ticket = t.id and (p.person = $2 or p.promisee = $2))
    or ('person:' || $2) = any (t.involved)
    or ($3 and reader_handles(t.department, t.id))
  from tickets t where t.number = $1
"""
_SURVIVOR = """
with recursive gone (id) as (
  select $1::bigint union select r.other from gone g join relations r on r.ticket = g.id and r.kind = 'merged')
select t.number from gone g join tickets t on t.id = g.id where t.state <> 'merged' limit 1
"""
_NEWEST = """
select greatest((select max(at) from entries where ticket = $1), (select max(at) from promise_events where ticket = $1))
"""
_TITLE = "select title from tickets where number = $1"


class Named(Struct, frozen=True):
    """`note`: these words are not the requester's; and how far they are shut."""

    number: int
    note: bool
    tier: int = 0
    reason: str | None = None
    sentence: str | None = None


async def of_entry(entry: int) -> Named | None:
    row = await db.fetch_one(_OF_ENTRY, entry)
    return Named(*row) if row else None


async def number(ticket: int) -> int | None:
    found: int | None = await db.call(_NUMBER, ticket)
    return found


async def title(of: int) -> str:
    return str(await db.call(_TITLE, of) or "")


async def is_participant(of: int, person: int, *, by_rank: bool) -> bool:
    """Whoever asked, wrote, watches, owes or was asked; handlers of the department too where rank counts."""
    return bool(await db.call(_PARTICIPANT, of, person, by_rank))


async def survivor(ticket: int) -> int | None:
    """The number of what a merged request went into, at however many steps; None where the reader may not read it."""
    found: int | None = await db.call(_SURVIVOR, ticket)
    return found


async def newest(ticket: int) -> datetime | None:
    """When something last happened that counts: what a letter brings comes after it."""
    found: datetime | None = await db.call(_NEWEST, ticket)
    return found
