"""What a person has been told, newest first; only of what may still be read."""

from datetime import datetime

from msgspec import Struct

from desk import db
from desk.directory import queries as directory
from desk.disclosure.queries import readers
from desk.i18n import Refused
from desk.journal.queries import Fact
from desk.journal.rules import Tag
from desk.notices.rules import DECIDER, HAD_READ, NAMED
from desk.sla.queries import clocks
from desk.sla.rules import instants

CAP = 100
_PAGE = """
select n.id, n.tag, n.at, n.read_at, t.number, t.title, p.name as by,
       d.name_zh as department_zh, d.name_en as department_en, c.token as countersign
  from notices n left join tickets t on t.id = n.ticket
  left join entries e on e.id = n.entry left join people p on p.id = e.by
  cross join lateral (select case when n.ticket is null then split_part(n.subject, ':', 2)::bigint end as id) s
  left join escalations x on x.id = s.id and n.subject like 'escalation:%'
  left join countersigns c on c.id = s.id and n.subject like 'countersign:%'
  left join unusual_reads q on q.id = s.id and n.subject like 'unusual:%'
  left join departments d
    on d.id = coalesce(x.department, c.owner, q.department, case when n.subject like 'department:%' then s.id end)
 where n.person = $4 and coalesce(t.id, d.id) is not null
   and ($1::timestamptz is null or (n.at, n.id) < ($1, $2::bigint))
 order by n.at desc, n.id desc limit $3
"""
_CLIMBED = "select id from escalations where promise = $1 and level = $2 and recipient = $3"
_DEPARTMENT = "select department from people where id = $1"
_UNREAD = "select count(*) from (select from notices where read_at is null and person = $1 limit $2) n"


class Told(Struct, frozen=True, kw_only=True):
    """`number` 0: the request may not be read; then it is known whose it is, and which countersign is asked for."""

    id: int
    tag: Tag
    at: datetime
    read: bool
    number: int
    title: str
    by: str | None
    department_zh: str | None = None
    department_en: str | None = None
    countersign: str | None = None


async def unread() -> int:
    """At most CAP: a badge need not know more."""
    count: int = await db.call(_UNREAD, db.reader().person, CAP)
    return count


async def told(*, after: tuple[datetime, int] | None = None, at_most: int = 50) -> list[Told]:
    at, last = after or (None, None)
    rows = await db.fetch(_PAGE, at, last, at_most, db.reader().person)
    return [
        Told(
            id=row["id"], tag=Tag(row["tag"]), at=row["at"], read=row["read_at"] is not None, number=row["number"] or 0,
            title=row["title"] or "", by=row["by"], department_zh=row["department_zh"],
            department_en=row["department_en"], countersign=row["countersign"],
        )
        for row in rows
    ]  # fmt: skip


async def parts(fact: Fact, *, at: datetime) -> list[tuple[int, str]]:
    """(person, part): whom the request concerns, and whom the entry itself names."""
    found = [] if fact.ticket is None else await concerned(fact.ticket, at=at)
    if fact.tag is Tag.CORRECTION_WRITTEN:
        found += [(person, HAD_READ) for person in await readers.had_read(int(fact.subject.partition(":")[2]))]
    if fact.tag is Tag.LETTERS_WAITING:
        keepers = await directory.handlers(fact.data["keeps"], at) + await directory.administrators(at)
        found += [(person, DECIDER) for person in keepers]
    return found + [(person, NAMED) for person in await _named(fact)]


async def _named(fact: Fact) -> list[int]:
    """A person, with whoever stands in for them now, or the handlers of a department."""
    if recipient := fact.data.get("recipient"):
        stands_in = await directory.deputy(recipient, fact.at)
        return [recipient, *([] if stands_in is None else [stands_in])]
    return await directory.handlers(asked, fact.at) if (asked := fact.data.get("asked")) else []


async def is_readable(ticket: int | None) -> bool:
    return bool(await db.call("select exists (select from tickets where id = $1)", ticket))


async def concerned(ticket: int, *, at: datetime) -> list[tuple[int, str]]:
    """(person, part): ids and parts, whoever asks; the locksmith knows."""
    return [(row["person"], row["part"]) for row in await db.fetch("select * from concerned($1, $2)", ticket, at)]


async def climbed(fact: Fact) -> int | None:
    """The escalation by which something climbed to the reader, whether they may read it or not."""
    if fact.tag is not Tag.ESCALATED:
        return None
    found: int | None = await db.call(_CLIMBED, fact.data["promise"], fact.data["level"], db.reader().person)
    return found


async def opens(at: datetime) -> datetime | None:
    """When the reader's department opens; None while it is open, and where no calendar says."""
    calendar = await clocks.newest(await db.call(_DEPARTMENT, db.reader().person))
    if calendar is None:
        return None
    hours = (await clocks.version(calendar)).compiled
    try:
        opening = instants.moment(hours.next_open(instants.seconds(at)))
    except Refused:
        return None
    return opening if opening > at else None
