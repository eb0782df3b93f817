"""Links of requests, as far as the reader reads both ends; row security says so, whatever is asked here."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from desk import db
from desk.tickets.rules.linking import TURNED, Link
from desk.tickets.rules.states import State

_OF = """
select r.id, r.kind, r.other = $1 as turned, t.number, t.title, t.state, t.tier, d.name_zh as department_zh,
       d.name_en as department_en, p.name as by, r.at
  from relations r join tickets t on t.id = case when r.ticket = $1 then r.other else r.ticket end
  join departments d on d.id = t.department join people p on p.id = r.by
 where (r.ticket = $1 or r.other = $1) and r.ended_at is null order by r.id
"""
_AHEAD = """
with recursive ahead (id) as (
  select $1::bigint
  union select r.other from ahead a join relations r on r.ticket = a.id and r.kind = $2 and r.ended_at is null)
select id from ahead
"""
_BLOCKERS = """
select t.number from relations r join tickets t on t.id = r.ticket
 where r.other = $1 and r.kind = 'blocks' and r.ended_at is null and t.state in ('open', 'waiting') order by t.number
"""
_INTO = """
select r.ticket, r.other from relations r where r.kind = 'merged' and r.ticket = any ($1)
"""
_MERGED = """
with recursive merged (id) as (
  select $1::bigint union select r.ticket from merged m join relations r on r.other = m.id and r.kind = 'merged')
select distinct t.requester, p.guest from merged m join tickets t on t.id = m.id join people p on p.id = t.requester
"""
_BROKEN = """
select t.number, count(p.id) as broken from relations r join tickets t on t.id = r.ticket
  left join promises p on p.ticket = t.id and p.state = 'broken'
 where r.other = $1 and r.kind = 'merged' group by t.number
"""
_FOUND = """
select x.number, x.title from (select * from tickets where department = $1 order by id desc limit 300) x
 where x.id <> $2 and position(lower($3) in lower(x.title)) > 0 order by x.id desc limit 10
"""
_QUOTABLE = """
select u.token, p.name, u.body, u.tier from updates u join people p on p.id = u.author
 where u.ticket = $1 and u.corrects is null order by u.id desc limit 50
"""
_SEALED = """
select exists (select from tickets t where t.id = any ($1) and t.sealed)
    or exists (select from updates u where u.ticket = any ($1) and u.token = any ($2) and u.sealed)
    or exists (select from promises p join updates u on u.id = p.of_update where p.id = any ($3) and u.sealed)
"""
_GUESTS = "select id from people where guest and id = any ($1)"
_NAMED = "select id, name from people where id = any ($1)"


class Linked(Struct, frozen=True, kw_only=True):
    """The other end; `turned`: the link was made from there."""

    id: int
    kind: Link
    turned: bool
    number: int
    title: str
    state: State
    tier: int
    department_zh: str
    department_en: str
    by: str
    at: datetime

    @property
    def word(self) -> str:
        return f"{TURNED if self.turned else ''}{self.kind.value}"


async def linked(ticket: int) -> list[Linked]:
    """Oldest first."""
    rows = await db.fetch(_OF, ticket)
    return [Linked(**{**row, "kind": Link(row["kind"]), "state": State(row["state"])}) for row in rows]


async def ahead(ticket: int, kind: Link) -> set[int]:
    """Where links of this kind lead from a request, over those that the reader reads; it is one of them."""
    return {row["id"] for row in await db.fetch(_AHEAD, ticket, kind.value)}


async def blockers(ticket: int) -> list[int]:
    """Numbers of requests that must be done first and are not."""
    return [row["number"] for row in await db.fetch(_BLOCKERS, ticket)]


async def merged_into(tickets: Sequence[int]) -> dict[int, int]:
    """request -> where it went (ids)"""
    return {row["ticket"]: row["other"] for row in await db.fetch(_INTO, list(tickets))}


async def promisees(ticket: int) -> list[tuple[int, bool]]:
    """(person, guest): who asked for it, or for what was merged into it."""
    return [(row["requester"], row["guest"]) for row in await db.fetch(_MERGED, ticket)]


async def broken(ticket: int) -> dict[int, int]:
    """number -> promises that broke before it was merged into this one"""
    return {row["number"]: row["broken"] for row in await db.fetch(_BROKEN, ticket)}


async def found(ticket: int, department: int, words: str) -> list[tuple[int, str]]:
    """(number, title) among the newest 300 of a department that the reader reads."""
    return [(row["number"], row["title"]) for row in await db.fetch(_FOUND, department, ticket, words)]


async def quotable(ticket: int) -> list[tuple[str, str, str, int]]:
    """(token, author, words, tier) of what may be split off, the newest first."""
    return [(row["token"], row["name"], row["body"], row["tier"]) for row in await db.fetch(_QUOTABLE, ticket)]


async def are_sealed(tickets: Sequence[int], *, words: Sequence[str] = (), promises: Sequence[int] = ()) -> bool:
    """One of these, of their words with these tokens, or of the words in which something was promised."""
    return bool(await db.call(_SEALED, list(tickets), list(words), list(promises)))


async def title(ticket: int) -> str:
    found: str = await db.call("select title from tickets where id = $1", ticket)
    return found


async def guests(audience: Sequence[str]) -> set[int]:
    return {row["id"] for row in await db.fetch(_GUESTS, _persons(audience))}


async def persons(audience: Sequence[str]) -> dict[int, str]:
    return {row["id"]: row["name"] for row in await db.fetch(_NAMED, _persons(audience))}


def _persons(audience: Sequence[str]) -> list[int]:
    return [int(lock.partition(":")[2]) for lock in audience if lock.startswith("person:")]
