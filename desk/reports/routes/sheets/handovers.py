"""Between this department and others: what went over, how long it lay there, what came back, what goes to and fro."""

from desk.i18n import say
from desk.reports.queries import flow
from desk.reports.queries.flow import AT_MOST, Handovers
from desk.reports.routes.asked import Report
from desk.reports.routes.beside import beside
from desk.reports.routes.sheet import Cell, Sheet, column, number
from desk.reports.rules.rates import LEAST
from desk.tickets.routes.telling import Teller

_COLUMNS = tuple(f"{way}_{name}" for way in ("out", "in") for name in ("n", "median", "longest", "returned"))
_NONE = [Cell("·", 0), *[Cell("·", "")] * 3]


async def handovers(of: Report, by: Teller) -> Sheet:
    """A row for each other department: from here to there, then from there to here."""
    found = {(one.other, one.came): one for one in await flow.handovers(of.window)}
    names, code = await departments(of, by), await codes(of)
    columns = [column(by.language, "department"), *(column(by.language, name, numeric=True) for name in _COLUMNS)]
    rows = [
        [
            Cell(names[other]),
            *_way(found.get((other, False)), of.address("/requests", what="handed", other=code[other]), by),
            *_way(found.get((other, True)), of.address("/requests", what="received", other=code[other]), by),
        ]
        for other in names
        if (other, True) in found or (other, False) in found
    ]
    return Sheet("handovers", columns, rows, [say(by.language, "reports.handovers_say")])


async def to_and_fro(of: Report, by: Teller) -> Sheet:
    """Those that the reader may read; the markers are those that stand beside every list."""
    found, names = await flow.to_and_fro(of.window), await departments(of, by)
    columns = [column(by.language, "request"), column(by.language, "other")]
    columns += [column(by.language, name, numeric=True) for name in ("times", "last")]
    rows = [
        [
            Cell(one.title, href=f"/requests/{one.number}", small=f"#{one.number}"),
            Cell(names[one.other]),
            number(one.times),
            Cell(by.times.moment(one.last_at), by.times.iso(one.last_at)),
        ]
        for one in found[:AT_MOST]
    ]
    remarks = [say(by.language, "reports.to_and_fro_more", n=AT_MOST)] if len(found) > AT_MOST else []
    return Sheet("to_and_fro", columns, rows, remarks, beside=await beside(of, by))


async def departments(of: Report, by: Teller) -> dict[int, str]:
    """Their names in the order of their codes."""
    return {one.id: one.name(by.language) for one in await of.departments()}


async def codes(of: Report) -> dict[int, str]:
    return {one.id: one.code for one in await of.departments()}


def _way(one: Handovers | None, href: str, by: Teller) -> list[Cell]:
    if one is None:
        return _NONE
    waited = [Cell(by.times.span(value), value) if one.n >= LEAST else Cell("–", "") for value in one.waited]
    return [number(one.n, href), *waited, number(one.returned)]
