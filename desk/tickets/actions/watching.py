"""Look on: be told of what one may read. Whom a request interests is nobody else's business."""

from datetime import datetime

from desk import db, locks
from desk.disclosure.queries import check_opens
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.tickets.queries.cases import Case

_WATCH = """
insert into watches (ticket, person, audience) select $1, $2, $3
 where not exists (select from watches where ticket = $1 and person = $2) returning id
"""


async def watch(case: Case, *, at: datetime) -> None:
    me = case.writer.person
    await check_opens([locks.person(me)])
    if await db.call(_WATCH, case.id, me, [locks.person(me)]):
        await _write(Tag.REQUEST_WATCHED, case, at)


async def unwatch(case: Case, *, at: datetime) -> None:
    me = case.writer.person
    if await db.call("delete from watches where ticket = $1 and person = $2 returning id", case.id, me):
        await _write(Tag.REQUEST_UNWATCHED, case, at)


async def _write(tag: Tag, case: Case, at: datetime) -> None:
    me = case.writer.person
    await journal.write(tag, locks.person(me), at=at, audience=[locks.person(me)], person=me, request=case.id)
