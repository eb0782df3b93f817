"""Who has viewed: of a portion, of a request, of a day."""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct, convert

from desk import db
from desk.disclosure.rules.reading import Channel, Ground
from desk.disclosure.rules.unusual import Why

_READ_BY = "select count(distinct person) from reads where portion = $1 and ground <> 'author'"
_VIEWERS = """
select v.at, v.channel, v.ground, v.version, p.name, d.name_zh as from_zh, d.name_en as from_en
  from viewers($1, $2) v join people p on p.id = v.person join departments d on d.id = p.department
"""
_UNUSUAL = """
select q.at, q.why, q.found, q.usual, p.name, d.name_zh as department_zh, d.name_en as department_en, t.number
  from unusual_reads q join people p on p.id = q.person join departments d on d.id = q.department
  left join tickets t on t.id = q.ticket order by q.id desc limit $1
"""
_NAMED = """
select w.people, p.name from who_reads($1, $2, $3) w join people p on p.id = w.person
 order by 'person:' || p.id = any ($1) desc, p.id
"""


class Viewed(Struct, frozen=True):
    """A portion whose list may be seen; `people`: how many others than its author have read it."""

    portion: str
    token: str
    tier: int
    owner_department: int
    day: date
    people: int


class View(Struct, frozen=True, kw_only=True):
    at: datetime
    channel: Channel
    ground: Ground
    version: int
    name: str
    from_zh: str
    from_en: str


class Reading(Struct, frozen=True, kw_only=True):
    """What one person read of another department on one day."""

    person: int
    department: int
    ticket: int
    found: int
    usual: int
    granted_at: datetime | None
    glass: bool


class Told(Struct, frozen=True, kw_only=True):
    """Reading out of the ordinary; `number` of the request read last, None where the head may not read it."""

    at: datetime
    why: Why
    found: int
    usual: int
    name: str
    department_zh: str
    department_en: str
    number: int | None


class Audience(Struct, frozen=True):
    """Who would read words: how many others, and the first of their names."""

    people: int
    names: list[str]


async def read_by(item: str) -> int:
    """How many people besides the author have read a portion (update:9001, with its corrections; ticket:17); 0 for
    whoever may not read it. At tiers 0 and 1 nobody is written down.
    """
    count: int = await db.call(_READ_BY, item)
    return count


async def is_disputed(update: int, objections: Sequence[str]) -> bool:
    """Has anybody but their author objected since these words were written? `objections`: tags of the journal. Asked by
    the author.
    """
    return bool(await db.call("select is_disputed($1, $2)", update, list(objections)))


async def had_read(update: int) -> list[int]:
    """For the worker: who had read or answered what these words correct."""
    return [row["person"] for row in await db.fetch("select person from had_read($1)", update)]


async def viewed(number: int) -> list[Viewed]:
    """Of a request: what is of tier 2 and above, and whose list this reader may see; the request itself first."""
    rows = await db.fetch("select * from viewed_portions($1)", number)
    return [convert(dict(row), Viewed) for row in rows]


async def viewers(number: int, token: str) -> list[View]:
    """The newest first, at most 500. Nothing for whoever may not see the list."""
    return [convert(dict(row), View) for row in await db.fetch(_VIEWERS, number, token)]


async def elsewhere(day: date) -> list[Reading]:
    """For the worker: readers of other departments' words on a day."""
    return [convert(dict(row), Reading) for row in await db.fetch("select * from read_elsewhere($1)", day)]


async def told_of_unusual(*, at_most: int = 100) -> list[Told]:
    """What the reader was told as a department's head, the newest first."""
    return [convert(dict(row), Told) for row in await db.fetch(_UNUSUAL, at_most)]


async def would_read(locks: list[str], ticket: int | None, *, at_most: int = 5) -> Audience:
    """Beside the present reader, who writes them."""
    rows = await db.fetch(_NAMED, locks, ticket, at_most)
    return Audience(rows[0]["people"] if rows else 0, [row["name"] for row in rows])
