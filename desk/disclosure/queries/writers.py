"""Where somebody works, and what their access opens."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from desk import db
from desk.disclosure.rules import Label, Reason, Tier, Writer
from desk.i18n import Forbidden

WRITER = """
select p.department as writer_department, p.guest as writer_guest,
       coalesce(jsonb_object_agg(l.department, l.level) filter (where l.department is not null), '{}') as writer_levels
  from people p left join lateral (
    select m.department, greatest(m.level, h.level) as level from memberships m
      left join (select department, 3 as level from headships
                  where person = $1 and since <= $2 and (until is null or until > $2)) h using (department)
     where m.person = $1
    union
    select department, 3 from headships where person = $1 and since <= $2 and (until is null or until > $2)) l on true
 where p.id = $1 group by p.department, p.guest
"""


async def writer(person: int, at: datetime) -> Writer:
    """Where somebody works and what they are in which department; a department's own head counts as handler there."""
    row = await db.fetch_one(WRITER, person, at)
    assert row is not None, f"person {person} is named by a foreign key"
    return writer_in(row, person)


def writer_in(row: Any, person: int) -> Writer:
    """From the columns of WRITER, in a row that has more. Whoever is recused from a request has no rank there."""
    levels = {int(of): level for of, level in msgspec.json.decode(row["writer_levels"]).items()}
    if row.get("recused"):
        levels = {}
    return Writer(person=person, department=row["writer_department"], levels=levels, guest=row["writer_guest"])


async def check_opens(audience: Sequence[str], *, by: Writer | None = None) -> None:
    """A guest, or a program with a low tier, could not read what it is about to write. Raises Forbidden.

    `by`: who writes, where that is known: everybody else reads what they write themselves.
    """
    if by is not None and by.levels and db.reader() == db.Reader(by.person):
        return
    if not await db.call("select $1::text[] && reader_keys()", list(audience)):
        raise Forbidden("disclosure.beyond_access")


def label_of(row: Any) -> Label:
    """The label in the columns of a portion."""
    return Label(
        tier=Tier(row["tier"]),
        owner=row["owner_department"],
        day=row["day"],
        reason=Reason(row["reason"]) if row["reason"] else None,
        sentence=row["sentence"],
        opens_on=row["opens_on"],
        opens_to=Tier(row["opens_to"]),
    )
