"""What ended without being resolved: apart from what was promised and kept, and never out of sight."""

from desk.i18n import say
from desk.reports.queries import flow
from desk.reports.queries.requests import What
from desk.reports.routes.asked import Report
from desk.reports.routes.sheet import Cell, Sheet, column, number
from desk.tickets.routes.telling import Teller

_WAYS = (What.DECLINED, What.WITHDRAWN, What.MERGED)


async def ended_otherwise(of: Report, by: Teller) -> Sheet:
    found = await flow.ended(of.window)
    columns = [column(by.language, "figure"), column(by.language, "n", numeric=True)]
    rows = [
        [Cell(say(by.language, f"reports.requests_{way}")), number(n, of.address("/requests", what=way) if n else "")]
        for way in _WAYS
        for n in [found.get(way, 0)]
        if found
    ]
    return Sheet("ended_otherwise", columns, rows)
