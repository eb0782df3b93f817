"""Markers beside a list: the same whatever the list was asked for, so that asking finds nothing of one request."""

from collections.abc import Sequence

from msgspec import Struct

from desk.i18n import say
from desk.reports.queries.beside import AT_MOST, markers
from desk.reports.routes.asked import Report
from desk.reports.rules.commas import Value
from desk.tickets.routes import telling
from desk.tickets.routes.telling import MarkerLine, Teller


class Beside(Struct, frozen=True):
    """`said`: of which months they tell; `more`: that there are more than are shown, or ""."""

    said: str
    lines: Sequence[MarkerLine] = ()
    more: str = ""

    def remarks(self) -> list[str]:
        """As a file says them under its rows."""
        told = [f"{one.head}: {one.text}" for one in self.lines]
        return [self.said, *told, *([self.more] if self.more else [])] if told else []

    def values(self) -> list[list[Value]]:
        """As lines of a list whose first column is a number: each stands in the column of the titles."""
        return [[None, one] for one in self.remarks()]


async def beside(of: Report, by: Teller) -> Beside:
    months = of.period.months()
    found = await markers(of.window_of(months))
    names = {one.id: one.name(by.language) for one in await of.departments()} if found else {}
    since, until = by.times.date(months.first), by.times.date(months.last)
    return Beside(
        said=say(by.language, "reports.beside_said", since=since, until=until),
        lines=[telling.marker(one, names, by) for one in found[:AT_MOST]],
        more=say(by.language, "reports.beside_more", n=AT_MOST) if len(found) > AT_MOST else "",
    )
