"""Rolling days that have ended. What is rolled may be forgotten at any moment: the ledger has it."""

from datetime import date, datetime

from desk import db
from desk.reports.rules.pieces import VERSION

_FORGET = "select forget_rolls($1)"
_ROLL = "select roll_days($1, $2, $3, $4, $5, $6)"


async def forget(department: int) -> None:
    await db.call(_FORGET, department)


async def roll(department: int, zone: str, first: date, starts: list[datetime], *, at: datetime) -> None:
    """Days that follow one another, from `first` on; `starts`: when each begins, and when the last ends."""
    await db.call(_ROLL, department, zone, VERSION, first, starts, at)
