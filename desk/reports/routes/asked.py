"""What an address asks for, and whether whoever asks answers for that department."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode

from litestar.params import QueryParameter
from msgspec import Struct, structs

from desk.directory import queries as directory
from desk.directory.queries import Department
from desk.i18n import Forbidden, Invalid, Refused, Sentence
from desk.reports.queries import figures, flow, rows
from desk.reports.queries.figures import Named, Spans, Window
from desk.reports.queries.rows import Owed, Wanted
from desk.reports.rules import periods
from desk.reports.rules.flow import Arrivals
from desk.reports.rules.periods import Period
from desk.reports.rules.pieces import Pieces, Rolls, pieces, together
from desk.reports.rules.rates import Cell
from desk.sla.queries import clocks
from desk.sla.queries.clocks import Clock
from desk.sla.rules import instants
from desk.sla.rules.compiled import Compiled
from desk.sla.rules.kinds import Kind

First = Annotated[str, QueryParameter(name="from", max_length=20)]
Last = Annotated[str, QueryParameter(name="to", max_length=20)]
Word = Annotated[str, QueryParameter(max_length=64)]
LeafNumber = Annotated[int, QueryParameter(name="leaf", ge=1, le=10_000)]
AGES = (30, 7, 3, 1)  # days, ends of the ages that a backlog is told by
AGE_NAMES = ("older", *(f"within_{days}" for days in AGES))  # the oldest first
EVER = datetime(1970, 1, 1, tzinfo=UTC)


class Report(Struct):
    """A department's days, in the zone of its calendar. What several sheets count is asked once."""

    department: Department
    period: Period
    calendar: Compiled
    moment: datetime
    rolls: Rolls | None = None
    _cells: list[Cell] | None = None
    _spans: dict[str, Spans] | None = None
    _arrivals: list[Arrivals] | None = None
    _weeks: dict[date, list[list[Cell]]] = {}  # by the first Monday
    _failures: list[int] | None = None
    _departments: list[Department] | None = None

    async def cells(self) -> list[Cell]:
        if self._cells is None:
            self._cells = await figures.cells(self.pieces(), self.moment)
        return self._cells

    async def weekly(self, mondays: Sequence[date]) -> list[list[Cell]]:
        """The cells of each of these weeks, which follow one another."""
        if mondays and mondays[0] not in self._weeks:
            period = Period(mondays[0], mondays[-1] + timedelta(days=6))
            found: list[list[Cell]] = [[] for _ in mondays]
            for one in await figures.cells(self.pieces(period), self.moment):
                found[one.week].append(one)
            self._weeks[mondays[0]] = found
        return self._weeks[mondays[0]] if mondays else []

    async def spans(self) -> dict[str, Spans]:
        if self._spans is None:
            self._spans = await figures.spans(self.pieces(), self.moment)
        return self._spans

    async def arrivals(self) -> list[Arrivals]:
        if self._arrivals is None:
            self._arrivals = await flow.arrivals(self.window)
        return self._arrivals

    async def failures(self) -> list[int]:
        """Names of the promises that failed."""
        if self._failures is None:
            self._failures = await rows.failures(self.window, self.pieces(), self.start_of)
        return self._failures

    async def departments(self) -> list[Department]:
        """All that there are, and closed ones, in the order of their codes."""
        if self._departments is None:
            self._departments = await directory.departments(closed=True)
        return self._departments

    def pieces(self, period: Period | None = None) -> Pieces:
        """Of its own days, or of others of the same department."""
        return pieces(self.department.id, period or self.period, self.rolls, self.start_of)

    @property
    def today(self) -> date:
        return self.day_of(self.moment)

    @property
    def day_after_today(self) -> date:
        return self.today + timedelta(days=1)

    @property
    def window(self) -> Window:
        return self.window_of(self.period)

    @property
    def today_window(self) -> Window:
        """From this moment until the day ends."""
        return Window(self.department.id, self.moment, self.start_of(self.day_after_today), self.moment)

    def now(self) -> "Report":
        """Of the day that runs: what is owed or at hand has no other."""
        return Report(self.department, Period(self.today, self.today), self.calendar, self.moment, self.rolls)

    def window_of(self, period: Period) -> Window:
        return Window(self.department.id, self.start_of(period.first), self.start_of(period.end), self.moment)

    def filed(self, age: str) -> Window:
        """What has been there as long as an age says; "" for whatever has been filed. Raises Invalid."""
        if age and age not in AGE_NAMES:
            raise Invalid({"other": Sentence("reports.no_age", words=age[:20])})
        ends = [EVER, *self.ages, self.moment + timedelta(days=1)]
        n = AGE_NAMES.index(age) if age else 0
        return Window(self.department.id, ends[n], ends[n + 1] if age else ends[-1], self.moment)

    @property
    def ages(self) -> list[datetime]:
        return [self.moment - timedelta(days=days) for days in AGES]

    def day_of(self, at: datetime) -> date:
        return date.fromordinal(instants.local_day(instants.seconds(at), self.calendar.zone))

    def start_of(self, day: date) -> datetime:
        return instants.start_of(day, self.calendar.zone)

    def address_named(self, word: str, tab: str) -> str:
        """Of a tab, for the days that a word means on the day when it is opened."""
        return f"/reports/{self.department.code}{f'/tabs/{tab}' if tab else ''}?period={word}"

    def file(self, name: str) -> str:
        """Of a sheet."""
        return self.address(f"/sheets/{name}")

    def address(self, page: str = "", **more: str) -> str:
        """Of one of its pages, with the same days."""
        return self.address_in(self.period, page, **more)

    def leaf(self, page: str, query: Mapping[str, str], number: int) -> str:
        """Of a leaf of a list."""
        return self.address(page, **query, leaf=str(number))

    def address_in(self, shown: Period, page: str = "", **more: str) -> str:
        return f"/reports/{self.department.code}{page}?{urlencode(shown.query() | more)}"


async def report(code: str, first: str, last: str, named: str = "", *, at: datetime) -> Report:
    """`named`: a word in place of the days. Raises Unknown, Invalid, Forbidden, and Refused without a calendar: each a
    sentence, and no figure.
    """
    department = await directory.department_called(code)
    if not await figures.oversees(department.id):
        raise Forbidden("reports.not_yours")
    clock = (await _clocks([department]))[department.id]
    period = _period(first, last, named, today=clock.today(at))
    rolls = await figures.rolls({department.id: clock.compiled.zone.key})
    return Report(department, period, clock.compiled, at, rolls.get(department.id))


class Overall(Struct):
    """Of all departments that the reader answers for, each with its own days. `without`: those that have no calendar,
    and so no days.
    """

    reports: list[Report]
    period: Period
    moment: datetime
    without: list[Department]
    _cells: list[Cell] | None = None
    _spans: dict[str, Spans] | None = None

    async def cells(self) -> list[Cell]:
        if self._cells is None:
            self._cells = await figures.cells(self._pieces(), self.moment)
        return self._cells

    async def spans(self) -> dict[str, Spans]:
        if self._spans is None:
            self._spans = await figures.spans(self._pieces(), self.moment)
        return self._spans

    def _pieces(self) -> Pieces:
        return together(one.pieces() for one in self.reports)

    @property
    def today(self) -> date:
        return max(one.today for one in self.reports)

    def address_named(self, word: str, _: str) -> str:
        return f"/reports/overall?period={word}"

    def file(self, name: str) -> str:
        return f"/reports/overall/sheets/{name}?{urlencode(self.period.query())}"

    def address(self, page: str = "", **more: str) -> str:
        """Rows stand behind each department's own report."""
        return "" if page else f"/reports/overall?{urlencode(self.period.query())}"


async def overall(first: str, last: str, named: str = "", *, at: datetime) -> Overall:
    """Raises Forbidden where the reader answers for no department, Refused where none has a calendar, and Invalid."""
    departments = await figures.overseen()
    if not departments:
        raise Forbidden("reports.not_yours")
    calendars = await _clocks(departments)
    rolls = await figures.rolls({one: clock.compiled.zone.key for one, clock in calendars.items()})
    period = _period(first, last, named, today=max(clock.today(at) for clock in calendars.values()))
    counted = [one for one in departments if one.id in calendars]
    reports = [Report(one, period, calendars[one.id].compiled, at, rolls.get(one.id)) for one in counted]
    return Overall(reports, period, at, [one for one in departments if one.id not in calendars])


def query(**asked: str | bool) -> dict[str, str]:
    """What an address says of it: nothing of what was not asked."""
    return {name: "true" if value is True else str(value) for name, value in asked.items() if value}


class Narrowed(Struct, frozen=True, kw_only=True):
    """As an address narrows a list of promises."""

    kind: str
    service: str
    same_day: bool
    failures: bool
    owed: str

    def query(self) -> dict[str, str]:
        return query(**structs.asdict(self))


def narrowed(words: Narrowed, names: Mapping[int, Named]) -> Wanted:
    """What is owed is narrowed no further. Raises Invalid for a kind or a service that there is not."""
    kind, service = words.kind, words.service
    if words.owed:
        return Wanted(owed=_owed(words.owed))
    if kind and kind not in set(Kind):
        raise Invalid({"kind": Sentence("reports.no_kind", words=kind[:20])})
    found = next((of for of, named in names.items() if named.code == service), None)
    if service and found is None:
        raise Invalid({"service": Sentence("reports.no_service", words=service[:20])})
    return Wanted(kind or None, found, failures=words.failures, same_day=words.same_day)


def _owed(words: str) -> Owed:
    if words not in set(Owed):
        raise Invalid({"owed": Sentence("reports.no_owed", words=words[:20])})
    return Owed(words)


async def _clocks(of: Sequence[Department]) -> dict[int, Clock]:
    """Of those that have a calendar. Raises Refused where none has."""
    newest = {one.id: await clocks.newest(one.id) for one in of}
    found = {one: await clocks.version(calendar) for one, calendar in newest.items() if calendar is not None}
    if not found:
        raise Refused("reports.no_calendar")
    return found


def _period(first: str, last: str, named: str, *, today: date) -> Period:
    return periods.named(named, today=today) if named else periods.read(first, last, today=today)
