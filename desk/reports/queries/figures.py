"""Counts and spans from migrations/sql/reports.sql, which gives none to whoever does not answer for the department."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from desk import db
from desk.directory.queries import Department, departments
from desk.i18n import either
from desk.reports.rules.pieces import VERSION, Pieces, Rolls
from desk.reports.rules.rates import Cell
from desk.sla.rules.kinds import Kind

_CELLS = "select * from report_cells($1, $2, $3, $4, $5, $6, $7, $8, $9)"
_SPANS = "select * from report_spans($1, $2, $3, $4, $5, $6, $7, $8)"
_ROLLS = "select department, zone, version, first, until, late from report_rolls($1)"
_BEGINNINGS = "select department, at from report_beginnings()"
_BACKLOG = "select age, n from report_backlog($1, $2)"
MEASURED = (Kind.FIRST_REPLY, Kind.RESOLUTION)  # whose length is told
_OVERSEES = "select reader_oversees($1)"
_OVERSEEN = "select id from departments where reader_oversees(id)"
_SERVICES = "select id, code, name_zh, name_en from services order by code"


class Window(Struct, frozen=True):
    """What fell due from `since` on and before `until`, as it stands at `moment`."""

    department: int
    since: datetime
    until: datetime
    moment: datetime


class Spans(Struct, frozen=True):
    """p50, p85, p95 and the longest, in seconds cut off to minutes, of `n` that were answered; () for nothing."""

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


async def overseen() -> list[Department]:
    """In the order of their codes; closed ones too: what they failed is not undone."""
    mine = {row["id"] for row in await db.fetch(_OVERSEEN)}
    return [one for one in await departments(closed=True) if one.id in mine] if mine else []


async def services() -> dict[int, Named]:
    return {row["id"]: Named(row["code"], row["name_zh"], row["name_en"]) for row in await db.fetch(_SERVICES)}


async def rolls(zones_of: Mapping[int, str]) -> dict[int, Rolls]:
    """How far those departments are rolled: by today's formulas, in the zone that their calendar has now."""
    rows = await db.fetch(_ROLLS, list(zones_of))
    return {
        row["department"]: Rolls(row["first"], row["until"], frozenset(_days(row["late"], row["zone"])))
        for row in rows
        if row["version"] == VERSION and row["zone"] == zones_of[row["department"]]
    }


def _days(instants_of: Sequence[datetime], zone: str) -> set[date]:
    return {at.astimezone(ZoneInfo(zone)).date() for at in instants_of}


async def beginnings() -> dict[int, datetime]:
    """The first due of each department that ever promised. For the worker."""
    return {row["department"]: row["at"] for row in await db.fetch(_BEGINNINGS)}


async def cells(of: Pieces, moment: datetime) -> list[Cell]:
    spans, days = of.spans, of.cells
    rows = await db.fetch(
        _CELLS,
        [one.department for one in spans],
        [one.week for one in spans],
        [one.since for one in spans],
        [one.until for one in spans],
        [one.department for one in days],
        [one.week for one in days],
        [one.first for one in days],
        [one.last for one in days],
        moment,
    )
    return [Cell(**dict(row)) for row in rows]


async def spans(of: Pieces, moment: datetime) -> dict[str, Spans]:
    """By kind: first replies and resolutions."""
    fresh, days = of.spans, of.lengths
    rows = await db.fetch(
        _SPANS,
        [one.department for one in fresh],
        [one.since for one in fresh],
        [one.until for one in fresh],
        [one.department for one in days],
        [one.grain for one in days],
        [one.first for one in days],
        [one.last for one in days],
        moment,
    )
    return {row["kind"]: _spans(row) for row in rows}


async def backlog(department: int, ages: Sequence[datetime]) -> list[int]:
    """How many requests are there by age: one more than `ages` (ascending), the oldest first."""
    found = {row["age"]: row["n"] for row in await db.fetch(_BACKLOG, department, list(ages))}
    return [found.get(age, 0) for age in range(len(ages) + 1)]


def _known(values: Sequence[int | None] | None) -> tuple[int, ...]:
    return tuple(60 * value for value in values or () if value is not None)


def _spans(row: Any) -> Spans:
    counts = {name: row[name] for name in ("kind", "n", "unanswered", "unmeasured")}
    return Spans(**counts, business=_known(row["business"]), wall=_known(row["wall"]))
