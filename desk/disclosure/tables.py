"""What opens a lock for one person, and what shuts every rank out."""

from piccolo.table import Table

from desk.db import ENGINE
from desk.db.columns import big, day, flag, instant, locks, refers, row_id, short, small, words
from desk.directory.tables import Department, Person


class Labelled:
    """Columns of a portion: who may read it, why not everybody, and until when (specs/disclosure.md)."""

    tier = small()
    owner_department = refers(Department)
    reason = short(32, null=True)
    sentence = words(null=True)
    opens_on = day(null=True)
    opens_to = small(default=1)
    sealed = flag(False)
    day = day()  # the owner department's day at writing: all a marker says of time
    audience = locks()


class Grant(Table, tablename="grants", db=ENGINE):
    id = row_id()
    person = refers(Person)
    item = short()  # ticket:17 or update:9001
    since = instant()
    until = instant()
    by = refers(Person)
    why = words()
    token = short(24, default="")  # of all rows that were given at once
    kind = short(8, default="grant")  # or glass: two people broke it
    ask = big(null=True)  # the access request that it answers


class AccessAsk(Table, tablename="access_asks", db=ENGINE):
    """What an access request asks for: the five facts of a marker and, where it stood under one, the request's number.

    No web process reads it: who may not read the access request cannot follow it to what is asked for.
    """

    id = row_id()
    ticket = big()
    of_number = big(null=True)
    person = refers(Person)
    tier = small()
    owner_department = refers(Department)
    reason = short(32, null=True)
    opens_on = day(null=True)
    until = day()
    day = day()


class BrokenGlass(Table, tablename="broken_glass", db=ENGINE):
    """An auditor reads a request at once, with a second person's yes, and everybody concerned is told."""

    id = row_id()
    token = short(24)
    person = refers(Person)
    number = big()
    why = words()
    minutes = small()
    asked_at = instant()
    second = refers(Person, null=True)
    agreed_at = instant(null=True)


class Recusal(Table, tablename="recusals", db=ENGINE):
    """A conflict of interest: rank and membership open nothing of this request."""

    id = row_id()
    person = refers(Person)
    ticket = big()
    since = instant()
    by = refers(Person)
    why = words()
