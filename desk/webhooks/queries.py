"""Which webhooks there are, and what one of them may say of an entry."""

from datetime import datetime

from msgspec import Struct

from desk import db
from desk.directory import queries as directory
from desk.i18n import either
from desk.journal.queries import Fact
from desk.webhooks.rules.kinds import Kind

_LIVE = """
select w.id, w.name, w.kind, w.host, w.language, w.department, w.made_at, p.name as made_by, d.name_zh, d.name_en,
       coalesce(o.waiting, 0) as waiting, coalesce(o.dead, 0) as dead, o.sent_at, o.failed_at, o.fault
  from webhooks w join departments d on d.id = w.department join people p on p.id = w.made_by
  left join webhook_outcomes() o on o.webhook = w.id
 where w.ended_at is null and ($1::int[] is null or w.department = any ($1)) order by d.code, w.id
"""
_ONE = "select department, ended_at from webhooks where id = $1"
_RINGING = "select id, kind, language from webhooks where department = $1 and ended_at is null order by id"
_TRIED = "select id, kind, language, department from webhooks where id = $1 and ended_at is null"
# Read by who reads what every employee may: the entry, the request and the promise, or nothing.
_OF_REQUEST = """
select t.number, t.title, t.department, d.name_zh, d.name_en, e.audience,
       (select min(p.due_at) from promises p where p.ticket = t.id and p.settled_at is null and p.state <> 'paused'
           and ($2::bigint is null or p.id = $2)) as due
  from entries e join tickets t on t.id = e.ticket join departments d on d.id = t.department
 where e.id = $1 and t.removed_at is null
"""
_STILL = """
select true from entries e where e.id = $1
   and (e.ticket is null or exists (select from tickets t where t.id = e.ticket and t.removed_at is null))
"""
_DEAF = """
select count(*) from webhooks w where w.ended_at is null
   and 'dead' = (select k.state from webhook_calls k where k.webhook = w.id and k.state in ('sent', 'dead')
                  order by k.id desc limit 1)
"""


class Line(Struct, frozen=True, kw_only=True):
    """`fault`: of the newest call that failed; `waiting` and `dead` count calls."""

    id: int
    name: str
    kind: Kind
    host: str
    language: str
    department: int
    made_at: datetime
    made_by: str
    name_zh: str
    name_en: str
    waiting: int
    dead: int
    sent_at: datetime | None
    failed_at: datetime | None
    fault: str | None

    def department_name(self, language: str) -> str:
        return either(language, self.name_zh, self.name_en)

    @property
    def is_failing(self) -> bool:
        return self.failed_at is not None and (self.sent_at is None or self.failed_at > self.sent_at)


class Ringing(Struct, frozen=True):
    id: int
    kind: Kind
    language: str


class Request(Struct, frozen=True, kw_only=True):
    number: int
    title: str
    department: int
    name_zh: str
    name_en: str
    audience: list[str]
    due: datetime | None


async def lines(of: list[int] | None) -> list[Line]:
    """Those that have not ended; of these departments, or all."""
    return [Line(**dict(row) | {"kind": Kind(row["kind"])}) for row in await db.fetch(_LIVE, of)]


async def department_of(webhook: int) -> int | None:
    """None when it has ended or never was."""
    row = await db.fetch_one(_ONE, webhook)
    return row["department"] if row and row["ended_at"] is None else None


async def anybody_listens() -> bool:
    return bool(await db.call("select exists (select from webhooks where ended_at is null)"))


async def request(fact: Fact) -> Request | None:
    """What may leave of an entry's request, as the present reader (db.HOUSE) reads it."""
    row = await db.fetch_one(_OF_REQUEST, fact.entry, fact.data.get("promise"))
    return row and Request(**dict(row))


async def ringing(department: int) -> list[Ringing]:
    rows = await db.fetch(_RINGING, department)
    return [Ringing(row["id"], Kind(row["kind"]), row["language"]) for row in rows]


async def tried(webhook: int) -> tuple[Ringing, int] | None:
    """With its department."""
    row = await db.fetch_one(_TRIED, webhook)
    return row and (Ringing(row["id"], Kind(row["kind"]), row["language"]), row["department"])


async def is_still_open(entry: int) -> bool:
    """Whether the present reader (db.HOUSE) may read it now, and its request."""
    return bool(await db.call(_STILL, entry))


async def deaf() -> int:
    """How many webhooks gave up the last that they had to say. For `desk doctor`, as nobody."""
    count: int = await db.call(_DEAF)
    return count


async def kept(at: datetime) -> tuple[frozenset[str], list[int]]:
    """Roles of the reader, and the departments that the reader leads."""
    me = db.reader().person or 0
    heads = await directory.heads(at)
    return await directory.roles(me), [department for department, person in heads.items() if person == me]
