"""What an address asks for, and whether whoever asks answers for that department."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode

from litestar.params import QueryParameter
from msgspec import Struct

from desk.directory import queries as directory
from desk.directory.queries import Department
from desk.i18n import Forbidden, Invalid, Sentence
from desk.reports.queries import figures
from desk.reports.queries.figures import Named, Spans, Window
from desk.reports.queries.rows import Wanted
from desk.reports.rules import periods
from desk.reports.rules.periods import Period
from desk.reports.rules.rates import Cell
from desk.sla.queries import clocks
from desk.sla.rules import instants, zones
from desk.sla.rules.compiled import Compiled
from desk.sla.rules.kinds import Kind

First = Annotated[str, QueryParameter(name="from", max_length=20)]
Last = Annotated[str, QueryParameter(name="to", max_length=20)]
Word = Annotated[str, QueryParameter(max_length=64)]
AGES = (30, 7, 3, 1)  # days, ends of the ages that a backlog is told by


class Report(Struct):
    """A department's days, in the zone of its calendar. What several sheets count is asked once."""

    department: Department
    period: Period
    calendar: Compiled
    moment: datetime
    _cells: list[Cell] | None = None
    _spans: dict[str, Spans] | None = None

    async def cells(self) -> list[Cell]:
        if self._cells is None:
            self._cells = await figures.cells(self.window, self.weeks)
        return self._cells

    async def spans(self) -> dict[str, Spans]:
        if self._spans is None:
            self._spans = await figures.spans(self.window)
        return self._spans

    @property
    def window(self) -> Window:
        since, until = self.start_of(self.period.first), self.start_of(self.period.end)
        return Window(self.department.id, since, until, self.moment)

    @property
    def weeks(self) -> list[datetime]:
        return [self.start_of(monday) for monday in self.period.weeks()]

    @property
    def ages(self) -> list[datetime]:
        return [self.moment - timedelta(days=days) for days in AGES]

    def start_of(self, day: date) -> datetime:
        return instants.moment(zones.instant(self.calendar.zone, day.toordinal(), 0))

    @property
    def today(self) -> date:
        return date.fromordinal(instants.local_day(instants.seconds(self.moment), self.calendar.zone))

    def address_named(self, word: str, tab: str) -> str:
        """Of a tab, for the days that a word means on the day when it is opened."""
        return f"/reports/{self.department.code}{f'/tabs/{tab}' if tab else ''}?period={word}"

    def address(self, page: str = "", **more: str) -> str:
        """Of one of its pages, with the same days."""
        return self.address_in(self.period, page, **more)

    def address_in(self, shown: Period, page: str = "", **more: str) -> str:
        query = {"from": shown.first.isoformat(), "to": shown.last.isoformat()}
        return f"/reports/{self.department.code}{page}?{urlencode(query | more)}"


async def report(code: str, first: str, last: str, named: str = "", *, at: datetime) -> Report:
    """`named`: a word in place of the days. Raises Unknown, Invalid, Forbidden: each a sentence, and no figure."""
    department = await directory.department_called(code)
    if not await figures.oversees(department.id):
        raise Forbidden("reports.not_yours")
    clock = await clocks.clock(department.id)
    today = clock.today(at)
    days = periods.named(named, today=today) if named else periods.read(first, last, today=today)
    return Report(department, days, clock.compiled, at)


def narrowed(kind: str, service: str, names: Mapping[int, Named], *, same_day: bool) -> Wanted:
    """Raises Invalid for a kind or a service that there is not."""
    if kind and kind not in set(Kind):
        raise Invalid({"kind": Sentence("reports.no_kind", words=kind[:20])})
    found = next((of for of, named in names.items() if named.code == service), None)
    if service and found is None:
        raise Invalid({"service": Sentence("reports.no_service", words=service[:20])})
    return Wanted(kind or None, found, failures=False, same_day=same_day)
