"""What was kept on the same day, of words given, and what came back."""

from desk.i18n import say
from desk.reports.routes.asked import Overall, Report
from desk.reports.routes.sheet import Cell, Sheet, column, few
from desk.reports.rules import rates
from desk.reports.rules.rates import Rate, per_cent
from desk.sla.rules.kinds import Kind
from desk.tickets.routes.telling import Teller


async def sums(of: Report | Overall, by: Teller) -> Sheet:
    """Each leads to the kind of promises that it counts."""
    cells = await of.cells()
    found = [
        ("same_day", rates.same_day(cells), {"same_day": "true"}),
        ("expectation", rates.expectations(cells), {"kind": Kind.EXPECTATION.value}),
        ("renewal", rates.renewals(cells), {"kind": Kind.EXPECTATION.value}),
        ("reopen", rates.reopenings(cells), {"kind": Kind.RESOLUTION.value}),
    ]
    columns = [column(by.language, "figure")]
    columns += [column(by.language, name, numeric=True) for name in ("share", "interval", "n")]
    rows = [_row(card, rate, of.address("/promises", **more), by) for card, rate, more in found]
    return Sheet("sums", columns, rows)


def _row(card: str, rate: Rate, href: str, by: Teller) -> list[Cell]:
    name = Cell(say(by.language, f"reports.card_{card}"), href=f"/reports/meanings#{card}")
    if not rate.told:
        return [name, Cell("–", ""), Cell("–", ""), Cell(few(rate.n), href=href)]
    low, high = (per_cent(int(1000 * end)) for end in rate.interval)
    return [
        name,
        Cell(per_cent(rate.tenths), rate.tenths / 1000),
        Cell(f"{low}–{high}"),
        Cell(f"{rate.n:,}", rate.n, href),
    ]
