"""All of one request that may be read, in one trip: its page is asked for all day long."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeAlias

import asyncpg
import msgspec

from desk import db
from desk.catalog.queries import OF_FORM
from desk.directory.queries.people import HANDLERS
from desk.disclosure.queries import OF_UPDATES, WRITER
from desk.disclosure.rules.reading import Shown
from desk.i18n import NotFound
from desk.sla.queries.promises import OF_TICKET
from desk.tickets.queries.portions import Portions

_REQUEST = f"""
select t.id, t.number, t.title, t.body, t.fields, t.state, t.channel, t.filed_at, t.ended_at, t.resolved_at, t.tier,
       t.reason, t.owner_department, t.opens_on, t.requester, t.handler, t.department, t.requesting_department,
       t.service, t.reopened, t.priority, t.critical, t.sentence, t.opens_to, t.day, t.audience,
       t.removed_at, t.removed_for, t.unverified, t.sealed,
       r.name as requester_name, h.name as handler_name, l.name as logged_name,
       s.approvers, s.code as service_code, s.name_zh as service_zh, s.name_en as service_en,
       q.name_zh as from_zh, q.name_en as from_en, d.name_zh as department_zh, d.name_en as department_en,
       o.name_zh as owner_zh, o.name_en as owner_en,
       exists (select from watches x where x.ticket = t.id and x.person = $1) as watching,
       t.id = any (reader_recused()) as recused, w.*,
       (select coalesce(max(e.id), 0) from entries e where e.ticket = t.id) as newest
  from tickets t cross join ({WRITER}) w
  join people r on r.id = t.requester left join people h on h.id = t.handler left join people l on l.id = t.logged_by
  join services s on s.id = t.service join departments q on q.id = t.requesting_department
  join departments d on d.id = t.department join departments o on o.id = t.owner_department
 where t.number = $3
"""  # noqa: S608 - a constant of disclosure
_UPDATES = """
select u.id, u.token, u.at, u.kind, u.for_requester, u.corrects, u.ask, u.why, u.body, u.tier, u.author = $1 as mine,
       u.disputed, u.withheld, u.removed_at, u.removed_for, u.unverified, u.sealed,
       p.name as author, d.name_zh as from_zh, d.name_en as from_en,
       case when u.tier >= 2 then (select o.name_zh from departments o where o.id = u.owner_department) end as owner_zh,
       case when u.tier >= 2 then (select o.name_en from departments o where o.id = u.owner_department) end as owner_en
  from updates u join people p on p.id = u.author join departments d on d.id = p.department
 where u.ticket = r.id order by u.id
"""
_FILES = """
select token, of_update, name, size, kind from attachments where ticket = r.id and removed_at is null order by id
"""
_EVENTS = """
select e.id, e.tag, e.at, p.name as by, g.name_zh as giving_zh, g.name_en as giving_en,
       c.name_zh as receiving_zh, c.name_en as receiving_en, h.name as handler, n.name as recipient,
       (e.data ->> 'promise')::bigint as promise, (e.data ->> 'until')::timestamptz as until,
       e.data ->> 'priority' as priority, (e.data ->> 'other')::bigint as other, e.data ->> 'link' as link,
       e.data -> 'dues' as dues
  from entries e left join people p on p.id = e.by
  left join departments g on g.id = (e.data ->> 'giving')::int
  left join departments c on c.id = (e.data ->> 'receiving')::int
  left join people h on h.id = (e.data ->> 'handler')::int
  left join people n on n.id = (e.data ->> 'recipient')::int
 where e.ticket = r.id and e.tag = any ($4::text[]) order by e.id
"""
_HOPS = """
select h.holder, h.department, h.since, h.until, h.reason, d.name_zh as department_zh, d.name_en as department_en
  from hops h left join departments d on d.id = h.department where h.ticket = r.id order by h.since
"""
_PLACES = """
select d.code, d.name_zh as zh, d.name_en as en from departments d
 where d.closed_at is null and d.id <> r.department order by d.code
"""
_AWAY = "exists (select from absences a where a.person = p.id and a.since <= $2 and a.until > $2) as away"
_COLLEAGUES = f"select p.id, p.login, p.name, {_AWAY} from people p {HANDLERS.replace('$1', 'r.department')}"  # noqa: S608
_PORTIONS = {
    "updates": _UPDATES,
    "events": _EVENTS,
    "files": _FILES,
    "hops": _HOPS,
    "promises": OF_TICKET.replace("$1", "r.id"),
    "markers": OF_UPDATES.replace("$1", "r.id"),
    "instead_of": "select a.person from absences a where a.deputy = $1 and a.since <= $2 and a.until > $2",
}
_ANSWERED = {"form": OF_FORM.replace("$1", "r.service")}
_FOR_HANDLERS = {"places": _PLACES, "colleagues": _COLLEAGUES}


def _listed(parts: dict[str, str], when: str = "true") -> list[str]:
    return [
        f"'{name}', case when {when} then (select coalesce(json_agg(x), '[]') from ({sql}) x) end"  # noqa: S608
        for name, sql in parts.items()
    ]


_LISTS = ", ".join(
    _listed(_PORTIONS)
    + _listed(_ANSWERED, "r.fields <> '{}'")
    + _listed(_FOR_HANDLERS, "not r.recused and (r.writer_levels ->> r.department::text)::int >= 3")
)
_WHOLE = f"select r.*, json_build_object({_LISTS})::text as portions from ({_REQUEST}) r"  # noqa: S608
Row: TypeAlias = asyncpg.Record


async def whole(number: int, *, at: datetime, tags: Sequence[str]) -> tuple[Row, Portions]:
    """`tags`: which entries of the journal are told as events.

    Raises NotFound for what does not exist and for what the reader may not read, alike.
    """
    row = await db.fetch_one(_WHOLE, db.reader().person, at, number, tags)
    if row is None:
        raise NotFound
    return row, msgspec.json.decode(row["portions"], type=Portions)


def answers(row: Row) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(row["fields"])
    return found


def shut(row: Row, found: Portions) -> Shown:
    """What of it is of tier 2 and above, and so written down for whoever reads it."""
    return Shown(
        tickets=[row["id"]] if row["tier"] >= 2 else [],
        updates=[one["id"] for one in found.updates if one["tier"] >= 2],
    )
