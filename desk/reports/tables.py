"""What has been added up, never the truth itself (decision 0056); changes that heads mark; which week was told."""

from piccolo.table import Table

from desk.db import ENGINE
from desk.db.columns import big, flag, instant, integer, integers, locks, refers, row_id, short, words
from desk.db.columns import day as a_day
from desk.directory.tables import Department, Person


class Rolled(Table, tablename="report_rolled", db=ENGINE):
    """How far a department is rolled: its days from `first` on and before `until`, in a zone, by a version."""

    id = row_id()
    department = integer()
    zone = short()
    version = integer()
    first = a_day()
    until = a_day()


class Day(Table, tablename="report_days", db=ENGINE):
    """What fell due on a day of its department, and became of it."""

    id = row_id()
    department = integer()
    day = a_day()
    kind = short(16)
    service = integer()
    same_day = flag(False)
    n = integer()
    failed = integer()
    reopened = integer()
    renewed = integer()


class Lengths(Table, tablename="report_lengths", db=ENGINE):
    """How many took how many whole minutes; of a day, or of the month that begins on it."""

    id = row_id()
    department = integer()
    day = a_day()
    grain = short(8)  # day, month
    kind = short(16)
    unanswered = integer()
    unmeasured = integer()
    business = integers()
    business_n = integers()
    wall = integers()
    wall_n = integers()


class Failed(Table, tablename="report_failed", db=ENGINE):
    """A promise of a rolled day that failed; who may read it is asked of the promise."""

    id = row_id()
    promise = big()
    department = integer()
    at = instant()


class Late(Table, tablename="report_late", db=ENGINE):
    """Something of a promise that counts at `at` has changed: its day is counted from the ledger until it is rolled."""

    id = row_id()
    department = integer()
    at = instant()


class WeeklyLetter(Table, tablename="weekly_letters", db=ENGINE):
    """One for each department and week, whether a letter left or its head wants none."""

    id = row_id()
    department = refers(Department)
    week = a_day()  # its Monday, by the department's calendar
    person = refers(Person)  # who led it then


class Change(Table, tablename="report_changes", db=ENGINE):
    """From `day` on a department works differently, because ...: its charts begin anew there. Append-only by grant."""

    id = row_id()
    department = refers(Department)
    day = a_day()
    words = words()
    by = refers(Person)
    at = instant()
    audience = locks()  # every employee's: how a department works is no secret
