"""What directory, calendars and catalogue lack, so that a request could end up nowhere or without a time."""

from asyncpg import Record

from desk import clock, db, settings
from desk.i18n import Sentence, either

SHOWN = 8
_NO_CALENDAR = """
select name_zh, name_en, code from departments d where closed_at is null
   and not exists (select from calendars c where c.department = d.id) order by id
"""
_NO_HEAD = """
select name_zh, name_en, code from departments d where closed_at is null
   and not exists (select from headships h where h.department = d.id and h.during @> $1::timestamptz) order by id
"""
# a department to which services lead, where nobody may take a request
_NO_HANDLER = """
select name_zh, name_en, code from departments d where closed_at is null
   and exists (select from services s where s.department = d.id and not s.retired)
   and not exists (select from people p where (p.left_at is null or p.left_at > $1)
        and (exists (select from memberships m where m.person = p.id and m.department = d.id and m.level >= 3)
          or exists (select from headships h
                      where h.person = p.id and h.department = d.id and h.during @> $1::timestamptz)))
 order by id
"""
# a superior who has left is none
_NO_SUPERIOR = """
select login from people p where not guest and (left_at is null or left_at > $1)
   and not exists (select from superiors s join people above on above.id = s.superior
                    where s.person = p.id and s.during @> $1::timestamptz
                      and (above.left_at is null or above.left_at > $1)) order by id
"""
_PEOPLE = "select exists (select from people where not guest and (left_at is null or left_at > $1))"
_CATCH_ALL = "select exists (select from services where catch_all and not retired)"


async def faults() -> list[Sentence]:
    at = clock.now()
    async with db.acting_as(db.NOBODY, writing=False):
        if not await db.call(_PEOPLE, at):
            return [Sentence("doctor.nobody")]
        found = [Sentence("doctor.no_calendar", department=_name(row)) for row in await db.fetch(_NO_CALENDAR)]
        found += [Sentence("doctor.no_head", department=_name(row)) for row in await db.fetch(_NO_HEAD, at)]
        found += [Sentence("doctor.no_handler", department=_name(row)) for row in await db.fetch(_NO_HANDLER, at)]
        tops = [row["login"] for row in await db.fetch(_NO_SUPERIOR, at)]
        if not tops:
            found.append(Sentence("doctor.no_top"))
        elif len(tops) > 1:
            more = "" if len(tops) <= SHOWN else " …"
            found.append(Sentence("doctor.no_superior", n=len(tops), people=", ".join(tops[:SHOWN]) + more))
        if not await db.call(_CATCH_ALL):
            found.append(Sentence("doctor.no_catch_all"))
    return found


def _name(row: Record) -> str:
    """In the operator's language, with the code that imports and addresses say."""
    return f"{either(settings.current().language, row['name_zh'], row['name_en'])} ({row['code']})"
