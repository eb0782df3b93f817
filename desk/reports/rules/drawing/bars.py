"""Lying bars, one for each row, with its number at the end."""

from collections.abc import Collection, Sequence
from typing import ClassVar

from msgspec import Struct

from desk.reports.rules.drawing.paper import Scale

WIDTH, LEFT, RIGHT, ROW, THICK = 520, 140, 60, 38, 22


class Bar(Struct, frozen=True):
    """`old`: what should worry whoever looks; it is hatched as well."""

    y: float
    width: float
    label: str
    words: str
    old: bool


class Bars(Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "reports/charts/bars.html"
    width: ClassVar[int] = WIDTH
    left: ClassVar[int] = LEFT
    thick: ClassVar[int] = THICK
    height: int
    title: str
    told: str
    bars: tuple[Bar, ...]


def bars(title: str, told: str, *, rows: Sequence[tuple[str, int]], old: Collection[int] = ()) -> Bars | None:
    """`rows`: (label, n), from top to bottom; `old`: places of those that should worry. None when all are 0."""
    most = max((n for _, n in rows), default=0)
    if not most:
        return None
    along = Scale(0, most, 0, WIDTH - LEFT - RIGHT)
    drawn = [
        Bar(place * ROW + (ROW - THICK) / 2, along.at(n), label, f"{n:,}", place in old)
        for place, (label, n) in enumerate(rows)
    ]
    return Bars(height=ROW * len(rows), title=title, told=told, bars=tuple(drawn))
