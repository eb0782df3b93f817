"""What trends are drawn of: a department's weeks, with the changes that were marked in them."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from desk.i18n import say
from desk.reports.queries import changes, trends
from desk.reports.queries.changes import Change
from desk.reports.routes.asked import Report
from desk.reports.rules import weeks
from desk.reports.rules.cards import CARDS
from desk.reports.rules.rates import Cell
from desk.reports.rules.weeks import Weeks
from desk.tickets.routes.telling import Teller


class Break(Struct, frozen=True):
    """From `day` on limits are made anew; `words`: why."""

    day: date
    words: str


class Weekly(Struct, frozen=True):
    """`shown`, `before`: the cells of each of those weeks; `began`: the Monday of the first; `breaks`: by place."""

    weeks: Weeks
    shown: Sequence[Sequence[Cell]]
    before: Sequence[Sequence[Cell]]
    began: date | None
    breaks: dict[int, Break]


async def weekly(of: Report, by: Teller, card: str) -> Weekly:
    first = await trends.begins(of.department.id)
    began = of.day_of(first) if first else None
    known = {one.day: one for one in [*_formula(card, by), *_marked(await changes.marked(of.department.id), by)]}
    found = weeks.weeks(of.today, began=began, breaks=known)
    shown, before = await of.weekly(found.shown), await of.weekly(found.before)
    breaks = {place: known[day] for place, day in weeks.places(list(known), found.shown).items()}
    return Weekly(found, shown, before, weeks.monday(began) if began else None, breaks)


def _marked(found: Sequence[Change], by: Teller) -> list[Break]:
    return [
        Break(one.day, say(by.language, "reports.break_marked", day=by.times.date(one.day), words=one.words, by=one.by))
        for one in found
    ]


def _formula(card: str, by: Teller) -> list[Break]:
    """Where a figure is computed in another way than before."""
    return [
        Break(one.since, say(by.language, "reports.break_formula", day=by.times.date(one.since), version=one.version))
        for one in CARDS
        if one.name == card and one.version > 1
    ]
