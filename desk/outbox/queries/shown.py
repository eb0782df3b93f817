"""Letters as pages show them: one's own, whether those of a request arrived, and how many are where."""

from datetime import datetime

from msgspec import Struct, convert

from desk import db
from desk.outbox.rules.matters import USUAL, Matter, Pace

_COLUMNS = """
select s.id, s.token, s.at, s.state, s.fault, s.tag, s.told, coalesce(t.number, 0) as number,
       coalesce(t.title, '') as title, a.name as by, e.by is not distinct from s.person as own
  from sendings s left join tickets t on t.id = s.ticket
  left join entries e on e.id = s.entry left join people a on a.id = e.by
 where s.person = $1 and s.content is not null
   and (s.tag <> 'digest_made' or s.told = (select count(*) from sendings w where w.within = s.id))
"""
_MINE = (
    _COLUMNS
    + " and ($2::timestamptz is null or (s.at, s.id) < ($2, $3::bigint)) order by s.at desc, s.id desc limit $4"
)
_ONE = _COLUMNS.replace("s.id,", "s.id, s.content,", 1) + " and s.token = $2"
_DELIVERIES = """
select d.tag, d.state, d.fault, d.at, d.sent_at, p.name, a.name as by, e.by is not distinct from d.person as own
  from deliveries($1) d join people p on p.id = d.person
  left join entries e on e.id = d.entry left join people a on a.id = e.by
"""
_FIGURES = "select state, letters from sending_figures()"
_SUSPENDED = """
select x.token, x.address, x.at, x.fault, p.name from suspensions x join people p on p.id = x.person
 where x.ended_at is null and ($1::int is null or x.person = $1) order by x.id desc limit 200
"""
_RHYTHMS = "select matter, pace from rhythms where person = $1"


class Mine(Struct, frozen=True, kw_only=True):
    id: int
    token: str
    at: datetime
    state: str
    fault: str | None
    tag: str
    told: int
    number: int  # 0: of no request that may be read
    title: str
    by: str | None
    own: bool  # of what its recipient did: an acknowledgement


class Frozen(Mine, frozen=True, kw_only=True):
    content: bytes


class Delivery(Struct, frozen=True, kw_only=True):
    tag: str
    state: str
    fault: str | None
    at: datetime
    own: bool
    sent_at: datetime | None
    name: str
    by: str | None


class Suspended(Struct, frozen=True, kw_only=True):
    token: str
    address: str
    at: datetime
    fault: str
    name: str


async def mine(*, after: tuple[datetime, int] | None, at_most: int) -> list[Mine]:
    """The reader's own, newest first; of a digest only if all that it tells may still be read."""
    at, last = after or (None, None)
    rows = await db.fetch(_MINE, db.reader().person, at, last, at_most)
    return [convert(dict(row), Mine) for row in rows]


async def one(token: str) -> Frozen | None:
    row = await db.fetch_one(_ONE, db.reader().person, token)
    return row and convert(dict(row), Frozen)


async def deliveries(number: int) -> list[Delivery]:
    """Newest first, as far as the reader may know."""
    return [convert(dict(row), Delivery) for row in await db.fetch(_DELIVERIES, number)]


async def figures() -> dict[str, int]:
    """For administrators: letters by state."""
    return {row["state"]: row["letters"] for row in await db.fetch(_FIGURES)}


async def suspended(person: int | None) -> list[Suspended]:
    """Addresses that get no letters: a person's, or all."""
    return [convert(dict(row), Suspended) for row in await db.fetch(_SUSPENDED, person)]


async def rhythms() -> dict[Matter, Pace]:
    """What the reader chose, and the usual for the rest."""
    rows = await db.fetch(_RHYTHMS, db.reader().person)
    return USUAL | {Matter(row["matter"]): Pace(row["pace"]) for row in rows}
