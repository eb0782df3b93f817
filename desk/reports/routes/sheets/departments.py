"""Each department that the reader answers for, in one line: whom it failed, and what it kept. No order of merit."""

from desk.i18n import say
from desk.reports.routes.asked import Overall
from desk.reports.routes.sheet import Cell, Sheet, column, share
from desk.reports.rules import rates
from desk.tickets.routes.telling import Teller

_SHARES = (rates.kept, rates.same_day, rates.expectations, rates.reopenings)
_HEADS = ("card_kept", "card_same_day", "card_expectation", "card_reopen")


async def departments(of: Overall, by: Teller) -> Sheet:
    """In the order of their codes; each line opens the department's report. A closed one stands as long as something of
    it fell due in these days.
    """
    cells = await of.cells()
    columns = [column(by.language, "department")]
    columns += [column(by.language, name, numeric=True) for name in ("failures", "decided", *_HEADS)]
    rows = []
    for report in of.reports:
        own = [one for one in cells if one.department == report.department.id]
        if report.department.closed_at and not own:
            continue
        whole = rates.kept(own)
        closed = say(by.language, "directory.closed") if report.department.closed_at else ""
        rows.append(
            [
                Cell(report.department.name(by.language), href=report.address(), small=closed),
                Cell(f"{whole.n - whole.hits:,}", whole.n - whole.hits, report.address("/promises", failures="true")),
                Cell(f"{whole.n:,}", whole.n, report.address("/promises")),
                *(share(of_cells(own)) for of_cells in _SHARES),
            ]
        )
    without = [say(by.language, "reports.without_calendar", department=one.name(by.language)) for one in of.without]
    return Sheet("departments", columns, rows, without)
