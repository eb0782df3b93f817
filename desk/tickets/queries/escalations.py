"""What has climbed to somebody, and what somebody below is asked about it."""

from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct

from desk import db
from desk.sla.rules.kinds import Kind, Standing

UNSEEN = timedelta(days=14)  # how long a promise that one may not read stays in the list: its end is not known either
AT_MOST = 100
# `e`: a level that somebody heard of. Its promise and request may be shut to that person, and are null then.
_COLUMNS = """
select e.token, e.level, e.at, e.fired_at, e.via, e.reason, e.reason_at, rb.name as reason_by, b.name as below,
       d.name_zh as department_zh, d.name_en as department_en, w.name as recipient,
       p.kind, p.state, p.what, p.due_at, p.breaks_at, p.at_risk, t.number, t.title
  from escalations e join departments d on d.id = e.department
  left join people rb on rb.id = e.reason_by left join people w on w.id = e.recipient
  left join promises p on p.id = e.promise left join tickets t on t.id = e.ticket
  left join escalations l on l.promise = e.promise and l.level = e.level - 1 left join people b on b.id = l.recipient
"""
_TO_ME = f"""{_COLUMNS}
 where e.recipient = $1 and e.level >= 2 and (p.settled_at is null) and (p.id is not null or e.fired_at > $2)
   and e.level = (select max(x.level) from escalations x where x.promise = e.promise and x.recipient = $1)
 order by e.level desc, e.at, e.id limit $3
"""  # noqa: S608 - a constant of this file
_OF_ME = f"""{_COLUMNS}
 where l.recipient = $1 and e.recipient is not null and e.recipient <> $1 and e.reason is null
   and p.id is not null and p.settled_at is null order by e.at, e.id limit $2
"""


class Climbed(Struct, frozen=True, kw_only=True):
    """`below`: who heard of it one level before, and is asked why; nobody when that level is unfilled."""

    token: str
    level: int
    at: datetime
    fired_at: datetime
    via: str
    reason: str | None
    reason_at: datetime | None
    reason_by: str | None
    below: str | None
    department_zh: str
    department_en: str
    recipient: str | None
    kind: Kind | None
    state: Standing | None
    what: str | None
    due_at: datetime | None
    breaks_at: datetime | None
    at_risk: bool | None
    number: int | None
    title: str | None

    @property
    def day(self) -> date:
        """What may be known of a promise that one may not read."""
        return self.at.date()


async def to_me(*, at: datetime) -> list[Climbed]:
    """The highest level of each promise that climbed to me and is still owed; the highest levels first."""
    return [_climbed(row) for row in await db.fetch(_TO_ME, db.reader().person, at - UNSEEN, AT_MOST)]


async def of_me() -> list[Climbed]:
    """What reached the level above me and waits for my reason."""
    return [_climbed(row) for row in await db.fetch(_OF_ME, db.reader().person, AT_MOST)]


def _climbed(row: Any) -> Climbed:
    kind, state = row["kind"], row["state"]
    return Climbed(**{**row, "kind": kind and Kind(kind), "state": state and Standing(state)})
