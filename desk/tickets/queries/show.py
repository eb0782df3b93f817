"""Everything of one request that the reader may read."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

import asyncpg
import msgspec
from msgspec import Struct

from desk import db
from desk.directory.queries.people import HANDLERS
from desk.disclosure.queries import WRITER
from desk.i18n import NotFound

_REQUEST = f"""
select t.id, t.number, t.title, t.body, t.fields, t.state, t.channel, t.filed_at, t.ended_at, t.resolved_at, t.tier,
       t.reason, t.owner_department, t.opens_on, t.requester, t.handler, t.department, t.requesting_department,
       t.service, t.reopened, t.sentence, t.opens_to, t.day, t.audience,
       r.name as requester_name, h.name as handler_name, l.name as logged_name,
       s.code as service_code, s.name_zh as service_zh, s.name_en as service_en,
       q.name_zh as from_zh, q.name_en as from_en, d.name_zh as department_zh, d.name_en as department_en,
       o.name_zh as owner_zh, o.name_en as owner_en,
       exists (select from watches x where x.ticket = t.id and x.person = $1) as watching, w.*
  from tickets t cross join ({WRITER}) w
  join people r on r.id = t.requester left join people h on h.id = t.handler left join people l on l.id = t.logged_by
  join services s on s.id = t.service join departments q on q.id = t.requesting_department
  join departments d on d.id = t.department join departments o on o.id = t.owner_department
 where t.number = $3
"""  # noqa: S608 - a constant of disclosure
_CHOICES = f"""
select json_build_object(
  'departments', (select coalesce(json_agg(x), '[]')
                    from (select d.code, d.name_zh as zh, d.name_en as en from departments d
                           where d.closed_at is null and d.id <> $1 order by d.code) x),
  'colleagues', (select coalesce(json_agg(x), '[]')
                   from (select p.id, p.login, p.name from people p {HANDLERS}) x))::text
"""  # noqa: S608 - a constant of the directory
Row: TypeAlias = asyncpg.Record


class Place(Struct, frozen=True):
    code: str
    zh: str
    en: str


class Colleague(Struct, frozen=True):
    id: int
    login: str
    name: str


class Choices(Struct, frozen=True):
    departments: list[Place]
    colleagues: list[Colleague]


async def request(number: int, *, at: datetime) -> Row:
    """Raises NotFound for what does not exist and for what the reader may not read, alike."""
    row = await db.fetch_one(_REQUEST, db.reader().person, at, number)
    if row is None:
        raise NotFound
    return row


async def choices(department: int, *, at: datetime) -> Choices:
    """Where a request may go, and who handles it where it is."""
    found = await db.call(_CHOICES, department, at)
    return msgspec.json.decode(found, type=Choices)


async def attachment(token: str) -> Row:
    """Raises NotFound."""
    row = await db.fetch_one("select name, kind, size, object from attachments where token = $1", token)
    if row is None:
        raise NotFound
    return row


def answers(row: Row) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(row["fields"])
    return found


def held(rows: Sequence[Mapping[str, Any]], end: datetime) -> dict[tuple[str, int | None], int]:
    """Wall seconds for each holder; they sum up to end - filing."""
    sums: dict[tuple[str, int | None], int] = {}
    for row in rows:
        holder = (row["holder"], row["department"])
        seconds = int(((row["until"] or end) - row["since"]).total_seconds())
        sums[holder] = sums.get(holder, 0) + seconds
    return sums
