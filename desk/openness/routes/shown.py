"""Figures as they are shown: words, and places in a drawing."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from desk.i18n import say
from desk.openness.queries.figures import Cells
from desk.openness.rules.cells import FEW, NONE, TIERS, Count, Published, publish, total
from desk.openness.rules.lights import TARGET, Light, Share, light, share

SIGNS = {Light.GREEN: "kept", Light.YELLOW: "near", Light.RED: "broken", Light.NONE: "withdrawn"}
LEFT, STEP, TOP, HEIGHT = 9, 18, 5, 40  # of the drawing, in its own units


class Figure(Struct, frozen=True, kw_only=True):
    """The share of a month or of many, with its light as a sign (of `state`) and a word."""

    portions: str
    share: str
    interval: str
    light: Light
    sign: str
    word: str


class Mark(Struct, frozen=True, kw_only=True):
    """One month of a drawing: the interval from `low` up to `high`, the share between `bottom` and `top`."""

    x: int
    low: float
    high: float
    bottom: float
    top: float
    sign: str


def count(known: Count | None) -> str:
    """12, <5, 38–41; – where nothing may be told."""
    if known is None:
        return "–"
    if known.exact:
        return str(known.most)
    return f"<{FEW}" if known.most < FEW else f"{known.least}–{known.most}"


def figure(portions: Count | None, opened: Count | None, shut: Count | None, language: str) -> Figure:
    found, lit = share(opened, shut), light(opened, shut)
    return Figure(
        portions=count(portions),
        share=_percent(found.least, found.most, language) if found else "–",
        interval=_percent(found.low, found.high, language) if found else "–",
        light=lit,
        sign=SIGNS[lit],
        word=say(language, f"openness.light_{lit}"),
    )


def month_figure(of: Published, language: str) -> Figure:
    return figure(of.total, of.open, of.shut, language)


def together(months: Sequence[Published], language: str) -> Figure:
    """Of several months, from what is published of each; a month of which nothing may be told is left out."""
    portions, opened, shut = (
        total(one or NONE for one in of)
        for of in ([m.total for m in months], [m.open for m in months], [m.shut for m in months])
    )
    return figure(portions, opened, shut, language)


def published(cells: Cells, department: int, months: Sequence[date]) -> list[Published]:
    return [publish(cells.get((department, month), [0] * TIERS)) for month in months]


def drawing(months: Sequence[Published]) -> list[Mark]:
    """Months in which nothing was written, or of which nothing may be told, are left empty."""
    found = ((n, share(month.open, month.shut), light(month.open, month.shut)) for n, month in enumerate(months))
    return [_mark(n, of, SIGNS[lit]) for n, of, lit in found if of]


def _mark(n: int, of: Share, sign: str) -> Mark:
    low, high, bottom, top = (height(one) for one in (of.low, of.high, of.least, of.most))
    return Mark(x=LEFT + STEP * n, low=low, high=high, bottom=bottom, top=top, sign=sign)


def height(part: float) -> float:
    """Of a share in the drawing; its zero lies at the bottom."""
    return round(TOP + HEIGHT * (1 - part), 1)


TARGET_AT = height(TARGET)


def _percent(least: float, most: float, language: str) -> str:
    low, high = round(least * 100), round(most * 100)
    return say(language, "openness.percent", share=str(low) if low == high else f"{low}–{high}")
