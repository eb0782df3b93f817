"""What was foretold for each day, as an upright band, and what came, as a dot; a cross where the band did not hold."""

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct

from desk.reports.rules.drawing.paper import Scale, Tick, apart, counts

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 720, 240, 66, 24, 16, 34


class Place(Struct, frozen=True):
    """A day: its label, from where to where it was foretold and what was likeliest, what came; None is unknown."""

    label: str
    foretold: tuple[int, int, int] | None
    came: int | None


class Band(Struct, frozen=True):
    x: float
    end: float
    high: float
    likely: float
    low: float
    ahead: bool  # of a day that has not come


class Dot(Struct, frozen=True):
    x: float
    y: float
    held: bool


class Bands(Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "reports/charts/bands.html"
    width: ClassVar[int] = WIDTH
    height: ClassVar[int] = HEIGHT
    left: ClassVar[int] = LEFT
    right: ClassVar[int] = WIDTH - RIGHT
    title: str
    told: str
    grid: tuple[Tick, ...]
    bands: tuple[Band, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Tick, ...]


def bands(title: str, told: str, places: Sequence[Place]) -> Bands | None:
    """None where nothing was foretold."""
    foretold = [place.foretold for place in places if place.foretold]
    if not foretold:
        return None
    marks = counts(max(*(high for *_, high in foretold), *(place.came or 0 for place in places)))
    across, up = Scale(0, len(places), LEFT, WIDTH - RIGHT), Scale(0, marks[-1], HEIGHT - FOOT, TOP)
    drawn = [_band(across, up, n, place) for n, place in enumerate(places)]
    dots = [_dot(across, up, n, place) for n, place in enumerate(places)]
    return Bands(
        title=title,
        told=told,
        grid=tuple(Tick(up.at(mark), f"{mark:,.0f}") for mark in marks),
        bands=tuple(band for band in drawn if band),
        dots=tuple(dot for dot in dots if dot),
        labels=tuple(Tick(across.at(n + 0.5), places[n].label) for n in apart(len(places), 7)),
    )


def _band(across: Scale, up: Scale, n: int, place: Place) -> Band | None:
    if place.foretold is None:
        return None
    low, likely, high = map(up.at, place.foretold)
    return Band(across.at(n + 0.2), across.at(n + 0.8), high, likely, low, ahead=place.came is None)


def _dot(across: Scale, up: Scale, n: int, place: Place) -> Dot | None:
    if place.came is None:
        return None
    held = place.foretold is None or place.foretold[0] <= place.came <= place.foretold[2]
    return Dot(across.at(n + 0.5), up.at(place.came), held)
