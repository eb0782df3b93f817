"""Which week was told to whom."""

from piccolo.table import Table

from desk.db import ENGINE
from desk.db.columns import day, refers, row_id
from desk.directory.tables import Department, Person


class WeeklyLetter(Table, tablename="weekly_letters", db=ENGINE):
    """One for each department and week, whether a letter left or its head wants none."""

    id = row_id()
    department = refers(Department)
    week = day()  # its Monday, by the department's calendar
    person = refers(Person)  # who led it then
