"""Forecasts are kept as they were made, one a day; how busy the departments are is written anew each hour."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from desk import db
from desk.sla.queries.forecasts import Tested
from desk.sla.rules.prediction.forecast import Forecast

_KEEP = """
insert into forecasts (day, made_at, mode, closed, late, coefficients, tested, cells, loads)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (day) do nothing
"""
_LOADS = "update forecasts set loads = $2 where day = $1"


async def keep(forecast: Forecast, loads: Mapping[int, int], *, day: date, at: datetime) -> None:
    """The second of a day changes nothing: two workers may fit at once."""
    tested = Tested(model=forecast.model, line=forecast.line, tenths=forecast.tenths)
    effects = forecast.hazard.effects if forecast.hazard else {}
    await db.call(
        _KEEP, day, at, forecast.mode.value, forecast.closed, forecast.late, _json(effects), _json(tested),
        _json(forecast.cells), _json(loads),
    )  # fmt: skip


async def keep_loads(loads: Mapping[int, int], *, day: date) -> None:
    await db.call(_LOADS, day, _json(loads))


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
