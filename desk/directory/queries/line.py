"""Superiors and deputies."""

from datetime import datetime

from msgspec import Struct

from desk import db
from desk.directory.rules import LONGEST_LINE

_LINE = """
with recursive above as (
  select s.superior, 1 as step from superiors s where s.person = $1 and s.during @> $2::timestamptz
  union all
  select s.superior, above.step + 1 from above
    join superiors s on s.person = above.superior and s.during @> $2::timestamptz
   where above.step < $3
)
select superior from above order by step
"""
# A step upward holds for the instants that it shares with the steps below it; the same step twice is one (union).
_EVER_ABOVE = """
with recursive above as (
  select s.superior, s.during * tstzrange($2::timestamptz, null) as during
    from superiors s where s.person = $1 and s.during && tstzrange($2::timestamptz, null)
  union
  select s.superior, s.during * above.during
    from above join superiors s on s.person = above.superior and s.during && above.during
)
select distinct superior from above
"""


class Absence(Struct, frozen=True):
    deputy: int | None
    since: datetime
    until: datetime


async def superior(of: int, at: datetime) -> int | None:
    return await db.call("select superior from superiors where person = $1 and during @> $2::timestamptz", of, at)  # type: ignore[no-any-return]


async def line(of: int, at: datetime) -> list[int]:
    """Ids from the nearest superior upward, at most LONGEST_LINE."""
    return [row["superior"] for row in await db.fetch(_LINE, of, at, LONGEST_LINE)]


async def ever_above(of: int, since: datetime) -> set[int]:
    """Ids of whoever stands above somebody at some instant from then on."""
    return {row["superior"] for row in await db.fetch(_EVER_ABOVE, of, since)}


async def absence(of: int, at: datetime) -> Absence | None:
    """None for whoever is here."""
    row = await db.fetch_one(
        "select deputy, since, until from absences where person = $1 and during @> $2::timestamptz", of, at
    )
    return Absence(*row) if row else None


async def absence_to_come(of: int, at: datetime) -> Absence | None:
    """The present absence, else the next one."""
    row = await db.fetch_one(
        "select deputy, since, until from absences where person = $1 and until > $2 order by since limit 1", of, at
    )
    return Absence(*row) if row else None


async def deputy(of: int, at: datetime) -> int | None:
    """Who stands in now; follows deputies who are away too. None: nobody needs to, or nobody can."""
    seen, now_asked = {of}, of
    while away := await absence(now_asked, at):
        if away.deputy is None or away.deputy in seen:
            return None
        now_asked = away.deputy
        seen.add(now_asked)
    return None if now_asked == of else now_asked
