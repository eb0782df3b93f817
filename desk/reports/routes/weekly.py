"""What trends are drawn of: a department's weeks, with the changes that were marked in them."""

from collections.abc import Callable, Sequence
from datetime import date

from msgspec import Struct

from desk.i18n import say
from desk.reports.queries import changes, trends
from desk.reports.queries.changes import Change
from desk.reports.routes.asked import Report
from desk.reports.rules import cards, weeks
from desk.reports.rules.cards import Changed
from desk.reports.rules.rates import Cell
from desk.reports.rules.trends import BASE
from desk.reports.rules.weeks import SHOWN, Weeks
from desk.tickets.routes.telling import Teller


class Break(Struct, frozen=True):
    """From `day` on limits are made anew; `words`: why."""

    day: date
    words: str


class Weekly(Struct, frozen=True):
    """`shown`: the cells of each of those weeks; `before`: of as many from the first of these on as limits are made of;
    `began`: the Monday of the first; `breaks`: by place, in one week there may be several.
    """

    weeks: Weeks
    shown: Sequence[Sequence[Cell]]
    before: Sequence[Sequence[Cell]]
    began: date | None
    breaks: dict[int, list[Break]]


async def weekly(of: Report, by: Teller, card: str, figure: Callable[[Sequence[Cell]], float | None]) -> Weekly:
    """`figure`: what the chart shows of a week; None: nothing."""
    first = await trends.begins(of.department.id)
    began = of.day_of(first) if first else None
    known = [*_formulas(card, by), *_marked(await changes.marked(of.department.id), by)]
    found = weeks.weeks(of.today, began=began, breaks=[one.day for one in known])
    shown, before = await of.weekly(found.shown), await _base(of, found.before, figure)
    places = weeks.places((one.day for one in known), found.shown)
    breaks = {place: [one for day in days for one in known if one.day == day] for place, days in places.items()}
    return Weekly(found, shown, before, weeks.monday(began) if began else None, breaks)


async def _base(
    of: Report, weeks: Sequence[date], figure: Callable[[Sequence[Cell]], float | None]
) -> list[Sequence[Cell]]:
    """Mostly the first half year has twelve weeks with a figure; where few requests come it takes longer."""
    base: list[Sequence[Cell]] = []
    for at in range(0, len(weeks), SHOWN):
        base += await of.weekly(weeks[at : at + SHOWN])
        if sum(figure(cells) is not None for cells in base) >= BASE:
            break
    return base


def _marked(found: Sequence[Change], by: Teller) -> list[Break]:
    return [
        Break(one.day, say(by.language, "reports.break_marked", day=by.times.date(one.day), words=one.words, by=one.by))
        for one in found
    ]


def _formulas(card: str, by: Teller) -> list[Break]:
    """Where a figure, or one that it is built on, is computed in another way than before."""
    return [Break(one.day, _new_formula(one, by)) for one in cards.changed(card)]


def _new_formula(one: Changed, by: Teller) -> str:
    name, day = say(by.language, f"reports.card_{one.card}"), by.times.date(one.day)
    return say(by.language, "reports.break_formula", card=name, day=day, version=one.version)
