"""Changes that were marked in a department's charts."""

from datetime import date, datetime

from msgspec import Struct

from desk import db

_MARKED = """
select c.day, c.words, p.name as by, c.at from report_changes c join people p on p.id = c.by
 where c.department = $1 order by c.day desc
"""


class Change(Struct, frozen=True):
    """From `day` on the department works differently, because of `words`; `by`: the name of who wrote it."""

    day: date
    words: str
    by: str
    at: datetime


async def marked(department: int) -> list[Change]:
    """The last day first."""
    return [Change(*row) for row in await db.fetch(_MARKED, department)]
