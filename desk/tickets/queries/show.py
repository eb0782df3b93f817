"""Everything of one request that the reader may read."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

import asyncpg
import msgspec

from desk import db
from desk.i18n import NotFound

_REQUEST = """
select t.id, t.number, t.title, t.body, t.fields, t.state, t.channel, t.filed_at, t.ended_at, t.resolved_at, t.tier,
       t.reason, t.owner_department, t.opens_on, t.requester, t.handler, t.department, t.requesting_department,
       t.service, t.reopened, t.sentence, t.opens_to, t.day, t.audience,
       r.name as requester_name, h.name as handler_name, l.name as logged_name,
       s.code as service_code, s.name_zh as service_zh, s.name_en as service_en,
       q.name_zh as from_zh, q.name_en as from_en, d.name_zh as department_zh, d.name_en as department_en,
       o.name_zh as owner_zh, o.name_en as owner_en,
       exists (select from watches w where w.ticket = t.id and w.person = $2) as watching
  from tickets t
  join people r on r.id = t.requester left join people h on h.id = t.handler left join people l on l.id = t.logged_by
  join services s on s.id = t.service join departments q on q.id = t.requesting_department
  join departments d on d.id = t.department join departments o on o.id = t.owner_department
 where t.number = $1
"""
Row: TypeAlias = asyncpg.Record


async def request(number: int) -> Row:
    """Raises NotFound for what does not exist and for what the reader may not read, alike."""
    row = await db.fetch_one(_REQUEST, number, db.reader().person)
    if row is None:
        raise NotFound
    return row


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
