"""What heads write down so that their figures are read rightly."""

from piccolo.table import Table

from desk.db import ENGINE
from desk.db.columns import day, instant, locks, refers, row_id, words
from desk.directory.tables import Department, Person


class Change(Table, tablename="report_changes", db=ENGINE):
    """From `day` on a department works differently, because ...: its charts begin anew there. Append-only by grant."""

    id = row_id()
    department = refers(Department)
    day = day()
    words = words()
    by = refers(Person)
    at = instant()
    audience = locks()  # every employee's: how a department works is no secret
