"""Trends, week by week: what is news, and what is the usual up and down. The same weeks, whatever the period."""

import math
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from desk.i18n import say
from desk.reports.routes.asked import Report
from desk.reports.routes.news import news, word
from desk.reports.routes.sheet import Cell, Column, Sheet, column, few, number
from desk.reports.routes.weekly import Weekly, weekly
from desk.reports.rules import rates
from desk.reports.rules import trends as rules
from desk.reports.rules.drawing.xmr import Words, xmr
from desk.reports.rules.periods import Period
from desk.reports.rules.rates import Rate, per_cent
from desk.reports.rules.trends import Reading, Trend
from desk.reports.rules.weeks import WEEK
from desk.tickets.routes.telling import Teller


class Measure(Struct, frozen=True, kw_only=True):
    """`column`: the word for it; `written`: how the chart writes a value; `moved`: how the table writes a step."""

    card: str
    column: str
    rate: Callable[[Sequence[rates.Cell]], Rate]
    value: Callable[[Rate], float | None]
    cell: Callable[[Rate], Cell]
    written: Callable[[float], str]
    moved: Callable[[float], str]
    most: float = 1.0
    rows: dict[str, str] = {}


def _share(rate: Rate) -> float | None:
    return rate.hits / rate.n if rate.told else None


def _shared(rate: Rate) -> Cell:
    return Cell(per_cent(rate.tenths), rate.tenths / 1000) if rate.told else Cell("–", "")


def _plain(value: float) -> str:
    """No more digits than are needed: 3, 2.5."""
    return f"{value:.1f}".removesuffix(".0")


KEPT = Measure(
    card="trend_kept", column="share", rate=rates.kept, value=_share, cell=_shared,
    written=lambda value: f"{_plain(100 * value)}%", moved=lambda value: f"{100 * value:.1f}",
)  # fmt: skip
SAME_DAY = Measure(
    card="trend_same_day", column="share", rate=rates.same_day, value=_share, cell=_shared, written=KEPT.written,
    moved=KEPT.moved, rows={"same_day": "true"},
)  # fmt: skip
FAILURES = Measure(
    card="trend_failures", column="failed_n", rate=rates.kept, value=lambda rate: float(rate.n - rate.hits),
    cell=lambda rate: number(rate.n - rate.hits), written=_plain, moved=_plain, most=math.inf,
)  # fmt: skip


async def trend_kept(of: Report, by: Teller) -> Sheet:
    return await _sheet(KEPT, of, by)


async def trend_same_day(of: Report, by: Teller) -> Sheet:
    return await _sheet(SAME_DAY, of, by)


async def trend_failures(of: Report, by: Teller) -> Sheet:
    return await _sheet(FAILURES, of, by)


async def _sheet(what: Measure, of: Report, by: Teller) -> Sheet:
    found = await weekly(of, by, what.card, lambda cells: what.value(what.rate(cells)))
    counted = [what.rate(cells) for cells in found.shown]
    began = found.began or of.today
    values = [
        what.value(one) if monday >= began else None for one, monday in zip(counted, found.weeks.shown, strict=True)
    ]
    before = [what.value(what.rate(cells)) for cells in found.before]
    trend = rules.trend(values, found.breaks, before=before, most=what.most)
    names = [by.times.date(monday) for monday in found.weeks.shown]
    told = news(trend, names, by)
    chart = xmr(trend, _words(what, of, by, found, trend, told), most=what.most)
    weeks = zip(found.weeks.shown, counted, trend.readings, strict=True)
    rows = [_row(what, of, by, found, one) for one in weeks if one[0] >= began]
    remarks = [*([] if chart else told), *_breaks(found), say(by.language, "reports.trend_say")]
    return Sheet(what.card, _columns(what, by), rows[::-1], remarks, chart)


def _words(what: Measure, of: Report, by: Teller, found: Weekly, trend: Trend, told: Sequence[str]) -> Words:
    names = [by.times.date(monday) for monday in found.weeks.shown]
    title = say(by.language, "reports.trend_title", card=say(by.language, f"reports.card_{what.card}"))
    numbers = dict(zip(found.breaks, map(str, range(1, len(found.breaks) + 1)), strict=True))
    drawn = f"{_limits(what, by, trend)} {' '.join(told)}".strip()
    marks = f"/reports/{of.department.code}/changes"
    return Words(title, drawn, told, marks, names, what.written, say(by.language, "reports.mean"), numbers)


def _limits(what: Measure, by: Teller, trend: Trend) -> str:
    limits = trend.segments[-1].limits if trend.segments else None
    if limits is None:
        return ""
    told = {name: what.written(getattr(limits, name)) for name in ("mean", "low", "high")}
    return say(by.language, "reports.limits", **told)


def _row(what: Measure, of: Report, by: Teller, found: Weekly, one: tuple[date, Rate, Reading]) -> list[Cell]:
    monday, rate, reading = one
    period = Period(monday, monday + WEEK - timedelta(days=1))
    name = say(by.language, "reports.days", since=by.times.date(period.first), until=by.times.date(period.last))
    rows = of.address_in(period, "/promises", **what.rows)
    moved = Cell(what.moved(reading.moved), reading.moved) if reading.moved is not None else Cell("–", "")
    counted = Cell(few(rate.n), rate.n, rows) if rate.n else Cell("0", 0)
    return [Cell(name, monday.isoformat()), counted, what.cell(rate), moved, Cell(word(reading.news, by))]


def _breaks(found: Weekly) -> list[str]:
    """Of those in one week each has the same number."""
    return [f"{n}. {one.words}" for n, lot in enumerate(found.breaks.values(), 1) for one in lot]


def _columns(what: Measure, by: Teller) -> list[Column]:
    return [
        column(by.language, "week"),
        column(by.language, "n", numeric=True),
        column(by.language, what.column, numeric=True),
        column(by.language, "moved", numeric=True),
        column(by.language, "news"),
    ]
