"""Why promises failed, as whoever was asked has said."""

from desk.i18n import say
from desk.reports.queries import rows
from desk.reports.routes.asked import Report
from desk.reports.routes.sheet import Cell, Sheet, column, number
from desk.sla.rules.escalation import Cause
from desk.tickets.routes.telling import Teller


async def causes(of: Report, by: Teller) -> Sheet:
    """In the order in which causes are offered; what nobody has explained comes last."""
    failures = await of.failures()
    found = await rows.causes(of.window, failures) if failures else {}
    names = [*((one.value, by.say(f"cause_{one}")) for one in Cause), ("", say(by.language, "reports.no_reason"))]
    columns = [column(by.language, "cause"), column(by.language, "failures", numeric=True)]
    lines = [[Cell(name), number(found[cause])] for cause, name in names if cause in found]
    return Sheet("causes", columns, lines, more=of.address("/promises", failures="true") if lines else "")
