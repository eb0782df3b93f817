"""What is in the department's hands now, by age."""

from desk.i18n import say
from desk.reports.queries import figures
from desk.reports.routes.asked import AGE_NAMES, Report
from desk.reports.routes.sheet import Cell, Sheet, column, number
from desk.reports.rules.drawing.bars import bars
from desk.tickets.routes.telling import Teller


async def backlog(of: Report, by: Teller) -> Sheet:
    counts = await figures.backlog(of.department.id, of.ages)
    ages = [say(by.language, f"reports.age_{age}") for age in AGE_NAMES]
    title, told = (say(by.language, f"reports.backlog_{name}", n=sum(counts)) for name in ("drawn", "told"))
    chart = bars(title, told, rows=list(zip(ages, counts, strict=True)), old=[0])
    columns = [column(by.language, "age"), column(by.language, "requests", numeric=True)]
    rows = [
        [Cell(told), number(n, of.address("/requests", what="backlog", other=age) if n else "")]
        for age, told, n in zip(AGE_NAMES, ages, counts, strict=True)
    ]
    return Sheet("backlog", columns, rows, chart=chart, more=of.address("/requests", what="backlog"))
