"""All that hangs on a request and may be read, in one trip: the page of a request is asked for all day long."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

import msgspec
from msgspec import Struct

from desk import db
from desk.disclosure.queries import OF_UPDATES
from desk.disclosure.rules import Marker
from desk.sla.queries.promises import OF_TICKET, Told

_UPDATES = """
select u.id, u.token, u.at, u.kind, u.for_requester, u.corrects, u.why, u.body, u.tier, u.reason, u.opens_on,
       u.author = $2 as mine,
       p.name as author, d.name_zh as from_zh, d.name_en as from_en, o.name_zh as owner_zh, o.name_en as owner_en
  from updates u join people p on p.id = u.author join departments d on d.id = p.department
  join departments o on o.id = u.owner_department
 where u.ticket = $1 order by u.id
"""
_FILES = "select token, of_update, name, size, kind from attachments where ticket = $1 order by id"
_EVENTS = """
select e.id, e.tag, e.at, p.name as by, g.name_zh as giving_zh, g.name_en as giving_en,
       r.name_zh as receiving_zh, r.name_en as receiving_en, h.name as handler, x.reason
  from entries e left join people p on p.id = e.by
  left join departments g on g.id = (e.data ->> 'giving')::int
  left join departments r on r.id = (e.data ->> 'receiving')::int
  left join people h on h.id = (e.data ->> 'handler')::int
  left join hops x on x.ticket = e.ticket and x.since = e.at and e.tag = 'request_handed_over'
 where e.ticket = $1 and e.tag = any ($3::text[]) order by e.id
"""
_HOPS = """
select h.holder, h.department, h.since, h.until, d.name_zh as department_zh, d.name_en as department_en
  from hops h left join departments d on d.id = h.department where h.ticket = $1 order by h.since
"""
_PARTS = {
    "updates": _UPDATES,
    "events": _EVENTS,
    "files": _FILES,
    "hops": _HOPS,
    "promises": OF_TICKET,
    "markers": OF_UPDATES,
}
_PORTIONS = "select json_build_object({})::text".format(
    ", ".join(f"'{name}', (select coalesce(json_agg(x), '[]') from ({sql}) x)" for name, sql in _PARTS.items())  # noqa: S608
)


class UpdateRow(TypedDict):
    id: int
    token: str
    at: datetime
    kind: str
    for_requester: bool
    corrects: int | None
    why: str | None
    body: str
    tier: int
    mine: bool
    author: str
    from_zh: str
    from_en: str
    owner_zh: str
    owner_en: str


class EventRow(TypedDict):
    tag: str
    at: datetime
    by: str | None
    giving_zh: str | None
    giving_en: str | None
    receiving_zh: str | None
    receiving_en: str | None
    handler: str | None
    reason: str | None


class FileRow(TypedDict):
    token: str
    of_update: int | None
    name: str
    size: int


class HopRow(TypedDict):
    holder: str
    department: int | None
    since: datetime
    until: datetime | None
    department_zh: str | None
    department_en: str | None


class Portions(Struct, frozen=True, kw_only=True):
    """In the order of time; markers by day."""

    updates: list[UpdateRow]
    events: list[EventRow]
    files: list[FileRow]
    hops: list[HopRow]
    promises: list[Told]
    markers: list[Marker]


async def portions(ticket: int, *, tags: Sequence[str]) -> Portions:
    """`tags`: which entries of the journal are told as events. The request itself must be readable."""
    found = await db.call(_PORTIONS, ticket, db.reader().person, list(tags))
    return msgspec.json.decode(found, type=Portions)
