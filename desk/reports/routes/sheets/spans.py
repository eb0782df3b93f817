"""How long replies and resolutions took: no averages, and always the longest."""

from desk.i18n import say
from desk.reports.queries import figures
from desk.reports.queries.figures import Spans
from desk.reports.routes.asked import Overall, Report
from desk.reports.routes.sheet import Cell, Column, Sheet, column
from desk.reports.routes.shown import business
from desk.reports.rules.rates import LEAST
from desk.sla.rules.kinds import Kind
from desk.tickets.routes.telling import Teller

_SHARES = ("p50", "p85", "p95")  # the same in every language


async def spans(of: Report | Overall, by: Teller) -> Sheet:
    """Business time, then wall time; too few have no figure."""
    found = await of.spans()
    rows = [
        _row(one, clock, values, of, by)
        for kind in figures.MEASURED
        if (one := found.get(kind)) and one.n >= LEAST
        for clock, values in (("business", one.business), ("wall", one.wall))
    ]
    columns = [column(by.language, "promise"), column(by.language, "clock")]
    columns += [Column(name, numeric=True) for name in _SHARES]
    columns += [column(by.language, name, numeric=True) for name in ("longest", "n")]
    counts = {name: sum(getattr(one, name) for one in found.values()) for name in ("unanswered", "unmeasured")}
    remarks = [say(by.language, f"reports.{name}", n=n) for name, n in counts.items() if n]
    return Sheet("spans", columns, rows, remarks or ([] if rows else [say(by.language, "reports.too_few")]))


def _row(one: Spans, clock: str, values: tuple[int, ...], of: Report | Overall, by: Teller) -> list[Cell]:
    told = [Cell(business(value, by) if clock == "business" else by.times.span(value), value) for value in values]
    href = of.address("/promises", kind=one.kind)
    return [
        Cell(by.say(f"kind_{Kind(one.kind)}")),
        Cell(say(by.language, f"reports.clock_{clock}")),
        *(told or [Cell("–", "")] * 4),
        Cell(f"{one.n:,}", one.n, href),
    ]
