"""Who reads a portion, by name: for whoever reads it too."""

from datetime import datetime

from msgspec import Struct

from desk import db

_READERS = """
select p.login, p.name, d.name_zh as department_zh, d.name_en as department_en, r.lock
  from item_readers($1, $2, $3) r join people p on p.id = r.person join departments d on d.id = p.department
 order by r.lock = 'grant', r.lock like 'person:%' desc, p.name
"""


class ReaderLine(Struct, frozen=True):
    login: str
    name: str
    department_zh: str
    department_en: str
    lock: str  # by which: person:42, handlers:7, grant


async def of_item(item: str, *, at: datetime, at_most: int) -> list[ReaderLine]:
    """Those who read it by name or by rank; whom everybody's locks let in, nobody has to list."""
    return [ReaderLine(**dict(row)) for row in await db.fetch(_READERS, item, at, at_most)]
