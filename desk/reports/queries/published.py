"""What is published of a department, from migrations/sql/published.sql: whole months, to staff."""

from collections.abc import Sequence
from datetime import datetime

from desk import db
from desk.reports.rules.published import Share, share, step
from desk.reports.rules.rates import LEAST

_COUNTS = "select month - 1 as month, part, n, failed from report_published($1, $2)"
_SPANS = "select month - 1 as month, n, spans from report_published_spans($1, $2)"


async def shares(department: int, months: Sequence[datetime]) -> dict[tuple[int, str], Share]:
    """(which month, group) -> how much was kept. `months`: their beginnings and the last one's end."""
    rows = await db.fetch(_COUNTS, department, list(months))
    return {(row["month"], row["part"]): share(row["n"], row["failed"]) for row in rows}


async def spans(department: int, months: Sequence[datetime]) -> dict[int, tuple[int, ...]]:
    """Which month -> p50 and p85 of the first reply, in seconds of business time; none of fewer than five."""
    rows = await db.fetch(_SPANS, department, list(months))
    return {row["month"]: tuple(step(value) for value in row["spans"]) for row in rows if row["n"] >= LEAST}
