"""Who has viewed is written down before the words leave: no log, no words."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from desk import db, settings
from desk.disclosure.queries.readers import Reading
from desk.disclosure.rules.reading import Channel, Shown
from desk.disclosure.rules.unusual import Why
from desk.queue import wake

_NOTE = """
with shown as (
  select t.id as ticket, 'ticket:' || t.id as portion, 'ticket:' || t.id as item,
         0::bigint as file, 1::bigint as version,
         coalesce(t.logged_by, t.requester) as author, t.requester, t.audience
    from tickets t where t.id = any ($1)
  union all
  select t.id, 'update:' || coalesce(u.corrects, u.id), 'update:' || u.id, 0,
         case when u.corrects is null then 1 else 1 + (select count(*) from updates v
                                                        where v.corrects = u.corrects and v.id <= u.id) end,
         u.author, t.requester, u.audience
    from updates u join tickets t on t.id = u.ticket where u.id = any ($2)
  union all
  select t.id, i.item, i.item, a.id, 1, a.author, t.requester, a.audience
    from attachments a join tickets t on t.id = a.ticket
   cross join lateral (select coalesce('update:' || a.of_update, 'ticket:' || a.ticket) as item) i where a.id = any ($3)
), noted as (
  insert into reads (person, ticket, portion, item, file, version, channel, ground, at, day, audience)
  select $4, s.ticket, s.portion, s.item, s.file, s.version, $5,
         read_ground(s.audience, s.item, s.ticket, s.author, s.requester), $6, $7, s.audience
    from shown s on conflict do nothing
)
select count(*) from shown
"""
_TELL = "select tell_unusual($1, $2, $3, $4, $5, $6, $7, $8)"


async def note(shown: Shown, channel: Channel, *, at: datetime) -> None:
    """The first time on a day that this reader reads these words by this channel. Raises Lost when some of them may not
    be read any more: then what was read a moment ago is not shown either.
    """
    wanted = len(shown.tickets) + len(shown.updates) + len(shown.files)
    found = await db.call(
        _NOTE, list(shown.tickets), list(shown.updates), list(shown.files), db.reader().person, channel.value, at,
        day_of(at),
    )  # fmt: skip
    if found != wanted:
        raise db.Lost


def day_of(at: datetime) -> date:
    """The desk's day: an offset is no reason to count a reading twice."""
    return at.astimezone(ZoneInfo(settings.current().zone)).date()


async def tell_unusual(reading: Reading, why: Why, *, at: datetime) -> bool:
    """Once a day for each reader, department and reason; a department without a head has nobody to be told."""
    row = await db.call(
        _TELL, reading.person, reading.department, reading.ticket, why.value, reading.found, reading.usual, at,
        day_of(at),
    )  # fmt: skip
    if row is not None:
        db.after_commit("wake", wake)
    return row is not None
