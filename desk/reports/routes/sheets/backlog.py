"""What is in the department's hands now, by age."""

from desk.i18n import say
from desk.reports.queries import figures
from desk.reports.routes import asked
from desk.reports.routes.asked import Report
from desk.reports.routes.sheet import Cell, Sheet, column, number
from desk.tickets.routes.telling import Teller

NAMES = ("older", *(f"within_{days}" for days in asked.AGES))  # the oldest first


async def backlog(of: Report, by: Teller) -> Sheet:
    counts = await figures.backlog(of.department.id, of.ages)
    columns = [column(by.language, "age"), column(by.language, "requests", numeric=True)]
    rows = [[Cell(say(by.language, f"reports.age_{age}")), number(n)] for age, n in zip(NAMES, counts, strict=True)]
    return Sheet("backlog", columns, rows, more=f"/queue?department={of.department.code}&state=todo")
