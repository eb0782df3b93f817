"""What a person has been told, newest first; only of what may still be read."""

from datetime import datetime

from msgspec import Struct

from desk import db
from desk.directory import queries as directory
from desk.journal.queries import Fact
from desk.journal.rules import Tag

CAP = 100
_PAGE = """
select n.id, n.tag, n.at, n.read_at, t.number, t.title, p.name as by
  from notices n join tickets t on t.id = n.ticket
  left join entries e on e.id = n.entry left join people p on p.id = e.by
 where n.person = $4
   and ($1::timestamptz is null or (n.at, n.id) < ($1, $2::bigint))
 order by n.at desc, n.id desc limit $3
"""
_UNREAD = "select count(*) from (select from notices where read_at is null and person = $1 limit $2) n"


class Told(Struct, frozen=True, kw_only=True):
    id: int
    tag: Tag
    at: datetime
    read: bool
    number: int
    title: str
    by: str | None


async def unread() -> int:
    """At most CAP: a badge need not know more."""
    count: int = await db.call(_UNREAD, db.reader().person, CAP)
    return count


async def told(*, after: tuple[datetime, int] | None = None, at_most: int = 50) -> list[Told]:
    at, last = after or (None, None)
    rows = await db.fetch(_PAGE, at, last, at_most, db.reader().person)
    return [
        Told(
            id=row["id"], tag=Tag(row["tag"]), at=row["at"], read=row["read_at"] is not None, number=row["number"],
            title=row["title"], by=row["by"],
        )
        for row in rows
    ]  # fmt: skip


async def named(fact: Fact) -> list[int]:
    """Whom the entry names: a person, with whoever stands in for them now, or the handlers of a department."""
    if recipient := fact.data.get("recipient"):
        stands_in = await directory.deputy(recipient, fact.at)
        return [recipient, *([] if stands_in is None else [stands_in])]
    return await directory.handlers(asked, fact.at) if (asked := fact.data.get("asked")) else []


async def concerned(ticket: int) -> list[tuple[int, str]]:
    """(person, part): ids and parts, whoever asks; the locksmith knows."""
    return [(row["person"], row["part"]) for row in await db.fetch("select * from concerned($1)", ticket)]
