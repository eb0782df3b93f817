"""The newest forecast, and the cells that the next one learns from."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct

from desk import db
from desk.sla.rules.prediction.cells import Cell, Key, Like, Past, past
from desk.sla.rules.prediction.forecast import MEMORY, STALE, WINDOW, Forecast, Mode, like
from desk.sla.rules.prediction.hazard import Hazard
from desk.sla.rules.prediction.quality import Quality, Tenth

KEPT = timedelta(minutes=5)  # how long a process goes by what it has read
PATIENCE_MS = "15000"  # a year of a big firm; the usual five seconds are for pages
_NEWEST = """
select day, made_at, mode, closed, late, coefficients, tested, cells, loads from forecasts order by day desc limit 1
"""
_CELLS = """
select recent, service, stage, load, hops, n, late, risked, ended from forecast_cells($1, $2, $3)
 order by service, stage, load, hops
"""


class Tested(Struct, frozen=True, kw_only=True):
    """The column of that name."""

    model: Quality | None = None
    line: Quality | None = None
    tenths: list[Tenth] = []


class Made(Struct, frozen=True, kw_only=True):
    """A forecast as it was stored. `loads`: of the last hour, by department; who is not there owes nothing."""

    day: date
    made_at: datetime
    forecast: Forecast
    past: Past
    loads: dict[int, int]

    def like(self, *, service: int, stage: int, department: int, hops: int) -> Like | None:
        """What became of promises like one that is still owed; None where nothing may be said."""
        return like(self.forecast, self.past, Key(service, stage, self.loads.get(department, 0), hops))


async def newest(at: datetime) -> Made | None:
    """As it may speak at an instant."""
    row = await db.fetch_one(_NEWEST)
    return row and _made(row, at)


class _Held:
    """What this process read last. It holds nothing of any reader's: everybody may know it."""

    def __init__(self) -> None:
        self.at: datetime | None = None
        self.made: Made | None = None

    async def read(self, at: datetime) -> Made | None:
        if self.at is None or not self.at <= at < self.at + KEPT:
            self.made, self.at = await newest(at), at
        return self.made


held = _Held()


async def is_made(day: date) -> bool:
    return bool(await db.call("select exists (select from forecasts where day = $1)", day))


async def cells(at: datetime) -> tuple[list[Cell], list[Cell]]:
    """(decided before the last four weeks, decided in them); as nobody, in a transaction that may be slow."""
    await db.call("select set_config('statement_timeout', $1, true)", PATIENCE_MS)
    rows = await db.fetch(_CELLS, at - MEMORY, at - WINDOW, at)
    return _cells(row for row in rows if not row["recent"]), _cells(row for row in rows if row["recent"])


async def loads() -> dict[int, int]:
    """How busy each department is; as nobody."""
    return {row["department"]: row["load"] for row in await db.fetch("select department, load from forecast_loads()")}


def _cells(rows: Iterable[Any]) -> list[Cell]:
    return [
        Cell(
            Key(row["service"], row["stage"], row["load"], row["hops"]),
            row["n"], row["late"], row["risked"], row["ended"],
        )
        for row in rows
    ]  # fmt: skip


def _made(row: Any, at: datetime) -> Made:
    tested = msgspec.json.decode(row["tested"], type=Tested)
    effects = msgspec.json.decode(row["coefficients"], type=dict[str, dict[int, float]])
    known = msgspec.json.decode(row["cells"], type=list[Cell])
    forecast = Forecast(
        mode=Mode.STALE if at - row["made_at"] >= STALE else Mode(row["mode"]),
        closed=row["closed"],
        late=row["late"],
        hazard=Hazard(effects) if effects else None,
        model=tested.model,
        line=tested.line,
        tenths=tested.tenths,
        cells=known,
    )
    busy = msgspec.json.decode(row["loads"], type=dict[int, int])
    return Made(day=row["day"], made_at=row["made_at"], forecast=forecast, past=past(known), loads=busy)
