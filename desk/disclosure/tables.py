"""What opens a lock for one person, and what shuts every rank out."""

from piccolo.table import Table

from desk.db import ENGINE
from desk.db.columns import big, day, flag, instant, integer, locks, refers, row_id, short, small, words
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
    sealed_until = day(null=True)  # by when a seal ends; stays when it has, since the marker says so
    raised_on = day(null=True)  # the owner department's day on which it was shut further than before
    prolonged = small(default=0)  # how often its term was made longer
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
    until = instant(null=True)
    by = refers(Person)
    why = words()


class Countersign(Table, tablename="countersigns", db=ENGINE):
    """A second person of another line is asked to agree: to core words, or to a seal. Nothing is shut before."""

    id = row_id()
    token = short(24)
    ticket = big()
    item = short()  # ticket:17, update:9001, attachment:5
    kind = short(8)  # core, seal
    reason = short(32)
    sentence = words()
    until = day()  # core: when the words open; seal: when it ends
    owner = refers(Department)
    asked_by = refers(Person)
    asked_at = instant()
    second = refers(Person)
    answered_at = instant(null=True)
    agreed = flag(False)
    audience = locks()


class Read(Table, tablename="reads", db=ENGINE):
    """Who has viewed: from tier 2 on, the first time on a day, by each channel. Locked like the words; append-only."""

    id = row_id()
    person = refers(Person)
    ticket = big()
    portion = short()  # ticket:17, or update:9001 with all its corrections
    item = short()  # the words themselves: of a correction, its own
    file = big()  # attachments.id where a file was fetched, else 0
    version = small()  # 1, and one more with each correction
    channel = short(8)
    ground = short(12)
    at = instant()
    day = day()
    audience = locks()


class Unusual(Table, tablename="unusual_reads", db=ENGINE):
    """Reading that the head of the owner department is told of, with the figures that say why."""

    id = row_id()
    person = refers(Person)
    department = refers(Department)
    ticket = big()  # the last that was read
    why = short(12)
    found = integer()
    usual = integer()
    at = instant()
    day = day()
    audience = locks()
