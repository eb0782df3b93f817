"""What is published of a department, from migrations/sql/published.sql: whole months that have ended, to staff."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from desk import db
from desk.reports.rules.pieces import VERSION
from desk.reports.rules.published import Share, share, step
from desk.reports.rules.rates import LEAST
from desk.sla.queries.clocks import Clock
from desk.sla.rules import instants

_COUNTS = "select month, part, n, failed from report_published($1, $2, $3, $4, $5)"
_SPANS = "select month, n, spans from report_published_spans($1, $2, $3, $4, $5)"


async def shares(of: Clock, months: Sequence[date]) -> dict[tuple[date, str], Share]:
    """(month, group) -> how much was kept. `months`: their first days, and the first day after the last."""
    rows = await db.fetch(_COUNTS, *_asked(of, months))
    return {(row["month"], row["part"]): share(row["n"], row["failed"]) for row in rows}


async def spans(of: Clock, months: Sequence[date]) -> dict[date, tuple[int, ...]]:
    """Month -> p50 and p85 of the first reply, in seconds of business time; none of fewer than five."""
    rows = await db.fetch(_SPANS, *_asked(of, months))
    return {row["month"]: tuple(step(60 * value) for value in row["spans"]) for row in rows if row["n"] >= LEAST}


def _asked(of: Clock, months: Sequence[date]) -> tuple[int, str, int, list[date], list[datetime]]:
    days = [months[0] + timedelta(days=n) for n in range((months[-1] - months[0]).days)]
    starts = [instants.start_of(day, of.compiled.zone) for day in [*days, months[-1]]]
    return of.department, of.compiled.zone.key, VERSION, days, starts
