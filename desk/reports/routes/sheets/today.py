"""What is late already, and what will be before the day ends."""

from desk.i18n import say
from desk.reports.queries import letters
from desk.reports.queries.rows import Owed
from desk.reports.routes.asked import Report
from desk.reports.routes.sheet import Cell, Sheet, column, number
from desk.tickets.routes.telling import Teller


async def today(of: Report, by: Teller) -> Sheet:
    """Of this day, whatever the period."""
    owed = await letters.owed(of.department.id, of.moment, of.today_window.until)
    columns = [column(by.language, "promise"), column(by.language, "n", numeric=True)]
    rows = [
        [Cell(say(by.language, f"reports.letter_{one}")), number(n, of.address("/promises", owed=one) if n else "")]
        for one, n in ((Owed.OVERDUE, owed.overdue), (Owed.TODAY, owed.today))
    ]
    return Sheet("today", columns, rows)
