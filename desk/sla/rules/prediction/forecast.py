"""One fit: what it learnt, how it stood the test of the last four weeks, and whether it may speak at all."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from msgspec import Struct

from desk.sla.rules.prediction.cells import Cell, Key, Like, Past, closed, merged, past
from desk.sla.rules.prediction.hazard import Hazard, fit
from desk.sla.rules.prediction.quality import Quality, Said, Tenth, calibration, quality

WINDOW = timedelta(weeks=4)  # what the forecast is tested on
MEMORY = timedelta(days=365)  # what it learns from
STALE = timedelta(days=3)  # after which it is no longer the newest night's, and is silent
ENOUGH = 100  # closed requests from which a model is fitted
TESTED_AT_LEAST = 30  # closed requests of the window from which its skill says something
SHOWN_AT_LEAST = 5  # counts below are shown as "<5"
ALL = 4  # the width of the pooled rate: every request


class Mode(StrEnum):
    POOLED = "pooled"  # too few requests for a model: the rate of all of them
    ON = "on"
    FEW = "few"  # off: too little in the window to test the model on
    NO_SKILL = "no_skill"  # off: no better than the base rate
    STALE = "stale"  # silent until the next one: never stored, it follows from the time


class Forecast(Struct, frozen=True, kw_only=True):
    """`model` and `line`: what the model, and what the line beside a promise, was worth in the window."""

    mode: Mode
    closed: int
    late: int
    hazard: Hazard | None = None
    model: Quality | None = None
    line: Quality | None = None
    tenths: list[Tenth] = []
    cells: list[Cell] = []

    @property
    def speaks(self) -> bool:
        return self.mode in (Mode.POOLED, Mode.ON)


def make(before: Sequence[Cell], recent: Sequence[Cell]) -> Forecast:
    """What was closed before the window teaches, the window tests; then everything teaches."""
    cells = merged(before, recent)
    count, late = closed(cells)
    if closed(before)[0] < ENOUGH:
        return Forecast(mode=Mode.POOLED, closed=count, late=late, cells=cells)
    said = _said(fit(before), recent)
    by_model, by_line = quality(said), quality(_said_by_line(past(before), recent))
    return Forecast(
        mode=_mode(closed(recent)[0], by_model, by_line),
        closed=count,
        late=late,
        hazard=fit(cells),
        model=by_model,
        line=by_line,
        tenths=calibration(said),
        cells=cells,
    )


def _mode(tested: int, *by: Quality | None) -> Mode:
    """Both must have skill: the model, and the line that people read."""
    if tested < TESTED_AT_LEAST or None in by:
        return Mode.FEW
    return Mode.ON if all(one is not None and (one.skill or 0) > 0 for one in by) else Mode.NO_SKILL


def _said(hazard: Hazard, recent: Sequence[Cell]) -> list[Said]:
    return [Said(hazard.broken(cell.key), cell.n, cell.late) for cell in recent]


def _said_by_line(known: Past, recent: Sequence[Cell]) -> list[Said]:
    found = ((known.like(cell.key), cell) for cell in recent)
    return [Said(like.share, cell.n, cell.late) for like, cell in found if like]


def like(forecast: Forecast, known: Past, key: Key) -> Like | None:
    """What may be said beside a promise; None where the forecast is silent. `known`: its cells, summed up once."""
    if forecast.mode is Mode.POOLED:
        pooled = Like(forecast.closed, forecast.late, ALL)
        return pooled if forecast.closed >= SHOWN_AT_LEAST else None
    return known.like(key) if forecast.mode is Mode.ON else None
