"""Who works here, where, and under whom."""

from piccolo.table import Table

from desk.db import ENGINE
from desk.db.columns import flag, instant, refers, short, small


class Department(Table, tablename="departments", db=ENGINE):
    code = short()  # what addresses and imports say: finance
    name_zh = short()
    name_en = short()
    closed_at = instant(null=True)


class Person(Table, tablename="people", db=ENGINE):
    login = short()
    name = short(120)
    email = short(254)
    department = refers(Department)  # where this person works
    title = short(120, null=True)
    critical = flag(False)  # holds a critical role: others cannot work while this person waits
    guest = flag(False)  # invited from outside: reads only what is open
    language = short(8, null=True)
    theme = short(8, null=True)
    zone = short(null=True)
    left_at = instant(null=True)


class Membership(Table, tablename="memberships", db=ENGINE):
    person = refers(Person)
    department = refers(Department)
    level = small()  # 2 member, 3 handler


class Headship(Table, tablename="headships", db=ENGINE):
    """One head for each department; a new head is a new row."""

    department = refers(Department)
    person = refers(Person)
    since = instant()
    until = instant(null=True)


class Superior(Table, tablename="superiors", db=ENGINE):
    """Exactly one superior at any moment: periods of one person never overlap."""

    person = refers(Person)
    superior = refers(Person)
    since = instant()
    until = instant(null=True)


class Absence(Table, tablename="absences", db=ENGINE):
    person = refers(Person)
    deputy = refers(Person, null=True)
    since = instant()
    until = instant()


class Role(Table, tablename="roles", db=ENGINE):
    person = refers(Person)
    role = short(16)  # administrator, auditor, hr
