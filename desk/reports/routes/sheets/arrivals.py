"""What came into the department's hands and left them: by day, and at which hours of the week."""

from desk.i18n import say
from desk.reports.routes.asked import Report
from desk.reports.routes.sheet import Cell, Column, Sheet, column, number
from desk.reports.rules import flow
from desk.reports.rules.drawing import Chart
from desk.reports.rules.drawing.lines import lines
from desk.reports.rules.flow import Day
from desk.reports.rules.periods import Period
from desk.tickets.routes.telling import Teller

_COLUMNS = ("came", "went", "all_came", "all_went")


async def arrivals(of: Report, by: Teller) -> Sheet:
    """Added up from the first day on: the two part as the work in hand grows."""
    days = flow.by_day(await of.arrivals(), of.calendar.zone, of.period.first, of.period.last)
    columns = [column(by.language, "flow_day")]
    columns += [column(by.language, f"flow_{name}", numeric=True) for name in _COLUMNS]
    rows = [[Cell(by.times.date(day.day)), *_counts(day, of)] for day in days]
    more = days[-1].all_came - days[-1].all_went
    remark = say(by.language, f"reports.in_hand_{'more' if more >= 0 else 'fewer'}", n=abs(more))
    return Sheet("arrivals", columns, rows, [remark], _drawn(days, by))


def _counts(day: Day, of: Report) -> list[Cell]:
    only = Period(day.day, day.day)
    opened = [
        number(n, of.address_in(only, "/requests", what=what)) if n else Cell("0", 0)
        for what, n in (("came", day.came), ("went", day.went))
    ]
    return [*opened, number(day.all_came), number(day.all_went)]


def _drawn(days: list[Day], by: Teller) -> Chart | None:
    last = days[-1]
    told = say(by.language, "reports.arrivals_told", came=last.all_came, went=last.all_went)
    series = [(say(by.language, f"reports.flow_{name}"), [getattr(day, name) for day in days]) for name in _COLUMNS[2:]]
    labels = [by.times.date(day.day) for day in days]
    return lines(say(by.language, "reports.arrivals_drawn"), told, labels=labels, series=series)


async def hours(of: Report, by: Teller) -> Sheet:
    """From the first hour at which anything came to the last."""
    counts = flow.by_hour(await of.arrivals(), of.calendar.zone)
    busy = [hour for hour in range(24) if any(day[hour] for day in counts)]
    most = max(max(day) for day in counts)
    shown = range(busy[0], busy[-1] + 1) if busy else range(0)
    columns = [column(by.language, "weekday"), *(Column(f"{hour}:00", numeric=True) for hour in shown)]
    rows = [
        [Cell(say(by.language, f"reports.weekday_{n}")), *(_count(day[hour], most) for hour in shown)]
        for n, day in enumerate(counts)
        if busy
    ]
    return Sheet(
        "hours",
        columns,
        rows,
        [say(by.language, "reports.hours_of", zone=of.calendar.zone.key)],
        more=of.address("/requests", what="came"),
    )


def _count(n: int, most: int) -> Cell:
    return Cell(f"{n:,}", n, heat=-(-4 * n // most)) if n else Cell("·", 0)
