"""What stands beside every list of a report in place of what the reader may not read (migrations/sql/beside.sql)."""

from desk import db
from desk.disclosure.queries.markers import marker
from desk.disclosure.rules import Marker
from desk.reports.queries.figures import Window

AT_MOST = 100
_MARKERS = "select * from report_markers($1, $2, $3, $4, $5)"


async def markers(months: Window) -> list[Marker]:
    """The newest first; one more than AT_MOST where there are more. `months`: whole ones."""
    asked = (months.department, months.since, months.until, months.moment)
    return [marker(row) for row in await db.fetch(_MARKERS, *asked, AT_MOST + 1)]
