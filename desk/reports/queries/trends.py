"""What trends and the forecast are made of (migrations/sql/trends.sql)."""

from collections.abc import Sequence
from datetime import datetime

from desk import db

_BEGINS = "select report_begins($1)"
_FILED = "select day - 1 as day, n from report_filed($1, $2)"


async def begins(department: int) -> datetime | None:
    """When it first had a request in its hands."""
    found: datetime | None = await db.call(_BEGINS, department)
    return found


async def filed(department: int, days: Sequence[datetime]) -> list[int]:
    """How many requests were filed for it on each day; `days`: when each begins, and at last when the last one ends."""
    found = {row["day"]: row["n"] for row in await db.fetch(_FILED, department, list(days))}
    return [found.get(day, 0) for day in range(len(days) - 1)]
