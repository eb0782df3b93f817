"""How good the forecast has been: for every employee, and for programs."""

from datetime import datetime
from typing import Any

from litestar import Response, get
from msgspec import Struct

from desk import db
from desk.sla.queries import forecasts
from desk.sla.queries.forecasts import Made
from desk.sla.rules.prediction import words
from desk.sla.rules.prediction.forecast import SHOWN_AT_LEAST
from desk.sla.rules.prediction.quality import TENTHS, Quality, Tenth, wilson
from desk.web.page import now, page
from desk.web.viewer import STAFF, AnyRequest, Asks, language


class Worth(Struct, frozen=True):
    """`base_rate` null: fewer than five were late."""

    cases: int
    base_rate: float | None
    brier: float
    skill: float | None


class Band(Struct, frozen=True, kw_only=True):
    """Chances from `least` to `most`; null where fewer than five would be counted."""

    least: float
    most: float
    cases: int | None
    late: int | None
    mean: float | None
    interval: tuple[float, float] | None


class ForecastSaid(Struct, frozen=True, kw_only=True):
    mode: str
    speaks: bool
    made_at: datetime | None = None
    closed: int = 0
    model: Worth | None = None
    line: Worth | None = None
    calibration: list[Band] = []


@get("/forecast", opt=STAFF, include_in_schema=False)
async def forecast(request: AnyRequest, reader: Asks) -> Response[str]:
    async with db.acting_as(reader, writing=False):
        made = await forecasts.newest(now(request))
    told = _told(made, language(request)) if made else {}
    return page(request, "sla/forecast.html", made=made, about=words.about(language(request)), **told)


@get("/api/forecast", opt=STAFF, tags=["promises"], summary="How good the forecast of late resolutions has been")
async def forecast_said(request: AnyRequest, reader: Asks) -> ForecastSaid:
    async with db.acting_as(reader, writing=False):
        made = await forecasts.newest(now(request))
    if made is None:
        return ForecastSaid(mode="none", speaks=False)
    found = made.forecast
    return ForecastSaid(
        mode=found.mode,
        speaks=found.speaks,
        made_at=made.made_at,
        closed=found.closed,
        model=_worth(found.model),
        line=_worth(found.line),
        calibration=[_band(tenth) for tenth in found.tenths],
    )


def _told(made: Made, said: str) -> dict[str, Any]:
    return {
        "mode": words.mode(made.forecast, said),
        "numbers": words.numbers(made.forecast, said),
        "stages": words.stages(made.past, said),
        "tenths": words.tenths(made.forecast),
    }


def _worth(found: Quality | None) -> Worth | None:
    if found is None:
        return None
    base = round(found.base, 4) if found.late >= SHOWN_AT_LEAST else None
    return Worth(found.n, base, round(found.brier, 4), found.skill and round(found.skill, 4))


def _band(tenth: Tenth) -> Band:
    shown = tenth.n >= SHOWN_AT_LEAST
    known = shown and tenth.late >= SHOWN_AT_LEAST
    low, high = wilson(tenth.late, tenth.n)
    return Band(
        least=tenth.tenth / TENTHS,
        most=(tenth.tenth + 1) / TENTHS,
        cases=tenth.n if shown else None,
        late=tenth.late if known else None,
        mean=round(tenth.chance, 4) if shown else None,
        interval=(round(low, 4), round(high, 4)) if known else None,
    )


routes = [forecast, forecast_said]
