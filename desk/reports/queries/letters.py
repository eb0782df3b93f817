"""Which letters of a week are told already, what a department owes today, and how its head wants to be told."""

from datetime import date, datetime

from msgspec import Struct

from desk import db
from desk.outbox.rules.matters import USUAL, Matter, Pace

_TOLD = "select department, week from weekly_letters where week >= $1"
_OWED = "select overdue, today from report_owed($1, $2, $3)"
_PACE = "select pace from rhythms where person = $1 and matter = $2"


class Owed(Struct, frozen=True):
    """How many promises are late and not kept yet, and how many more will be before the day ends."""

    overdue: int
    today: int


async def told(since: date) -> set[tuple[int, date]]:
    return {(row["department"], row["week"]) for row in await db.fetch(_TOLD, since)}


async def owed(department: int, at: datetime, until: datetime) -> Owed:
    row = await db.fetch_one(_OWED, department, at, until)
    return Owed(*row) if row else Owed(0, 0)


async def wanted() -> bool:
    """By the reader."""
    pace = await db.call(_PACE, db.reader().person, Matter.REPORT.value)
    return (Pace(pace) if pace else USUAL[Matter.REPORT]) is not Pace.NONE
