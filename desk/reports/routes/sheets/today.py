"""What is late already, and what will be before the day ends."""

from desk.i18n import say
from desk.reports.queries import letters
from desk.reports.routes.asked import Report
from desk.reports.routes.sheet import Cell, Sheet, column, number
from desk.tickets.routes.telling import Teller


async def today(of: Report, by: Teller) -> Sheet:
    """Of this day, whatever the period."""
    owed = await letters.owed(of.department.id, of.moment, of.start_of(of.day_after_today))
    columns = [column(by.language, "promise"), column(by.language, "n", numeric=True)]
    counts = (("letter_overdue", owed.overdue), ("letter_today", owed.today))
    rows = [[Cell(say(by.language, f"reports.{name}")), number(n)] for name, n in counts]
    return Sheet("today", columns, rows, more=f"/queue?department={of.department.code}&state=todo")
