"""What stands beside every list of a report in place of what the reader may not read (migrations/sql/beside.sql)."""

from desk import db
from desk.disclosure.queries.markers import marker
from desk.disclosure.rules import Marker
from desk.reports.queries.figures import Window

AT_MOST = 100
_MARKERS = "select * from report_markers($1, $2, $3, $4)"


async def markers(months: Window) -> list[Marker]:
    """The newest first; one more than AT_MOST where there are more. `months`: whole ones."""
    found = await db.fetch(_MARKERS, months.department, months.since, months.until, AT_MOST + 1)
    return [marker(row) for row in found]
