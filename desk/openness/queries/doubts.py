"""Should this be open by now? Of what the reader may read: row security leaves out the rest, and nothing counts it.

Words that are as shut as their request open with it, and are not listed beside it.
"""

from datetime import date, datetime

from msgspec import Struct

from desk import db
from desk.disclosure.rules import LONGEST_TERM

AT_MOST = 50
_DOUBTFUL = """
select k.number, k.title, k.token, k.tier, k.day, k.reason, k.opens_on, k.doubt
  from (select x.*, case when x.opens_on < $2 then 'passed'
                         when x.day + ($3::integer[])[x.tier - 1] < $2 then 'too_old'
                         when x.state in ('accepted', 'declined', 'withdrawn') then 'ended'
                         when x.left_at <= $4 then 'left'
                         when 2 * ($2 - x.day) > x.opens_on - x.day then 'half' end as doubt
          from (select t.number, t.title, '' as token, t.tier, t.day, t.reason, t.opens_on, t.state, p.left_at
                  from tickets t join people p on p.id = coalesce(t.logged_by, t.requester)
                 where t.owner_department = $1 and t.tier >= 2
                union all
                select t.number, t.title, u.token, u.tier, u.day, u.reason, u.opens_on, t.state, p.left_at
                  from updates u join tickets t on t.id = u.ticket join people p on p.id = u.author
                 where u.owner_department = $1 and u.tier >= 2 and u.tier > t.tier) x) k
 where k.doubt is not null order by k.day, k.number, k.token limit $5
"""


class Doubtful(Struct, frozen=True, kw_only=True):
    """`token` "": the request itself."""

    number: int
    title: str
    token: str
    tier: int
    day: date
    reason: str | None
    opens_on: date | None
    doubt: str


async def doubtful(department: int, *, at: datetime) -> list[Doubtful]:
    """The oldest first; one more than AT_MOST where there are more."""
    rows = await db.fetch(_DOUBTFUL, department, at.date(), list(LONGEST_TERM.values()), at, AT_MOST + 1)
    return [Doubtful(**dict(row)) for row in rows]
