"""Counts and spans from migrations/sql/reports.sql, which gives none to whoever does not answer for the department."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from desk import db
from desk.i18n import either
from desk.reports.rules.rates import Cell
from desk.sla.rules.kinds import Kind

_CELLS = """
select week - 1 as week, kind, service, same_day, n, failed, reopened, renewed from report_cells($1, $2, $3, $4, $5)
"""
_SPANS = "select kind, n, unanswered, unmeasured, business, wall from report_spans($1, $2, $3, $4)"
_BACKLOG = "select age, n from report_backlog($1, $2)"
MEASURED = (Kind.FIRST_REPLY, Kind.RESOLUTION)  # whose length is told
_OVERSEES = "select reader_oversees($1)"
_OVERSEEN = (
    "select code, name_zh, name_en from departments where closed_at is null and reader_oversees(id) order by code"
)
_SERVICES = "select id, code, name_zh, name_en from services order by code"


class Window(Struct, frozen=True):
    """What fell due from `since` on and before `until`, as it stands at `moment`."""

    department: int
    since: datetime
    until: datetime
    moment: datetime


class Spans(Struct, frozen=True):
    """p50, p85, p95 and the longest, in seconds, of `n` that were answered; () where there is nothing to say."""

    kind: str
    n: int
    unanswered: int
    unmeasured: int
    business: tuple[int, ...]
    wall: tuple[int, ...]


class Named(Struct, frozen=True):
    code: str
    name_zh: str
    name_en: str

    def name(self, language: str) -> str:
        return either(language, self.name_zh, self.name_en)


async def oversees(department: int) -> bool:
    return bool(await db.call(_OVERSEES, department))


async def overseen() -> list[Named]:
    return [Named(*row) for row in await db.fetch(_OVERSEEN)]


async def services() -> dict[int, Named]:
    return {row["id"]: Named(row["code"], row["name_zh"], row["name_en"]) for row in await db.fetch(_SERVICES)}


async def cells(of: Window, weeks: Sequence[datetime]) -> list[Cell]:
    """`weeks`: when each begins, ascending; the first not after the window's beginning."""
    rows = await db.fetch(_CELLS, of.department, of.since, of.until, list(weeks), of.moment)
    return [Cell(**dict(row)) for row in rows]


async def spans(of: Window) -> dict[str, Spans]:
    """By kind: first replies and resolutions."""
    rows = await db.fetch(_SPANS, of.department, of.since, of.until, of.moment)
    return {row["kind"]: _spans(row) for row in rows}


async def backlog(department: int, ages: Sequence[datetime]) -> list[int]:
    """How many requests are there by age: one more than `ages` (ascending), the oldest first."""
    found = {row["age"]: row["n"] for row in await db.fetch(_BACKLOG, department, list(ages))}
    return [found.get(age, 0) for age in range(len(ages) + 1)]


def _known(values: Sequence[int | None] | None) -> tuple[int, ...]:
    return tuple(value for value in values or () if value is not None)


def _spans(row: Any) -> Spans:
    counts = {name: row[name] for name in ("kind", "n", "unanswered", "unmeasured")}
    return Spans(**counts, business=_known(row["business"]), wall=_known(row["wall"]))
