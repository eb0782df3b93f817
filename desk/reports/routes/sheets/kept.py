"""The kept rate by kind and service: the whole period, then its weeks."""

from collections.abc import Mapping
from typing import Any

from desk.i18n import say
from desk.reports.queries import figures
from desk.reports.routes.asked import Report
from desk.reports.routes.sheet import Cell, Column, Sheet, column, share
from desk.reports.rules.periods import Period
from desk.reports.rules.rates import NONE, Rate, kept_by
from desk.sla.rules.kinds import Kind
from desk.tickets.routes.telling import Teller


async def kept(of: Report, by: Teller) -> Sheet:
    cells, names = await of.cells(), await figures.services()
    whole = kept_by(cells, lambda one: (one.kind, one.service))
    weekly = kept_by(cells, lambda one: (one.kind, one.service, one.week))
    weeks = [of.period.within(monday) for monday in of.period.weeks()]

    def opened(rate: Rate, period: Period, kind: str, service: int) -> Cell:
        return share(rate, of.address_in(period, "/promises", kind=kind, service=names[service].code))

    def week(kind: str, service: int, n: int) -> Cell:
        rate = weekly.get((kind, service, n), NONE)
        return opened(rate, weeks[n], kind, service) if rate.n else Cell("·", "")

    rows = [
        [
            Cell(by.say(f"kind_{kind}"), small=names[service].name(by.language)),
            opened(whole[kind, service], of.period, kind, service),
            *(week(kind, service, n) for n in range(len(weeks))),
        ]
        for kind, service in _ordered(whole)
    ]
    return Sheet("kept", _columns(weeks, by), rows, [say(by.language, "reports.kept_say")])


def _columns(weeks: list[Period], by: Teller) -> list[Column]:
    dates = [(by.times.date(week.first), by.times.date(week.last)) for week in weeks]
    return [
        column(by.language, "promise"),
        column(by.language, "whole", numeric=True),
        *(Column(say(by.language, "reports.days", since=since, until=until), numeric=True) for since, until in dates),
    ]


def _ordered(found: Mapping[tuple[str, int], Any]) -> list[tuple[str, int]]:
    order = [kind.value for kind in Kind]
    return sorted(found, key=lambda key: (order.index(key[0]), key[1]))
