"""What whoever answers for a department writes down about its figures."""

from datetime import date, datetime

from desk import db
from desk.i18n import Forbidden, Refused
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.locks import STAFF
from desk.reports.queries import changes, figures
from desk.reports.rules.changes import check_mark

_MARK = """
insert into report_changes (department, day, words, by, at, audience) values ($1, $2, $3, $4, $5, $6)
on conflict (department, day) do nothing returning id
"""


async def mark(department: int, day: date, words: str, *, today: date, at: datetime) -> None:
    """From `day` on the department works differently, because of `words`. Sent twice it is marked once.

    Raises Forbidden, Invalid, Refused for a day that has a mark already.
    """
    if not await figures.oversees(department):
        raise Forbidden("reports.not_yours")
    check_mark(day, today=today)
    made = await db.call(_MARK, department, day, words, db.reader().person, at, [STAFF])
    if made is not None:
        await journal.write(Tag.CHANGE_MARKED, f"department:{department}", at=at, audience=[STAFF], day=day.isoformat())
    elif (day, words) not in {(one.day, one.words) for one in await changes.marked(department)}:
        raise Refused("reports.change_marked_already", field="day")
