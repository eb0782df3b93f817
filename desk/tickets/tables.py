"""Requests and everything that hangs on them; each row behind its lock."""

from piccolo.columns import JSONB
from piccolo.table import Table

from desk.catalog.tables import Service
from desk.db import ENGINE
from desk.db.columns import big, flag, instant, integer, locks, more_locks, refers, row_id, short, words
from desk.directory.tables import Department, Person
from desk.disclosure.tables import Labelled


class Ticket(Labelled, Table, tablename="tickets", db=ENGINE):
    id = row_id()
    number = big()
    service = refers(Service)
    department = refers(Department)  # who holds it now
    accountable = refers(Department)  # who answers for the service
    requester = refers(Person)
    requesting_department = refers(Department)
    handler = refers(Person, null=True)
    priority = short(12, default="routine")  # or critical
    critical = flag(False)  # carries a critical target, which counts towards the department's share
    state = short(12)  # open, waiting, resolved, accepted, declined, withdrawn, merged
    channel = short(8)  # web, api, phone, visit, mail
    unverified = flag(False)  # by mail, from an address that nobody vouched for
    logged_by = refers(Person, null=True)
    filed_at = instant()
    resolved_at = instant(null=True)
    lapses_at = instant(null=True)  # silence until then counts as acceptance
    ended_at = instant(null=True)
    reopened = integer()
    title = short(200)
    body = words()
    fields = JSONB(default="{}")
    removed_at = instant(null=True)  # its own words; then title and body are empty
    removed_for = short(32, null=True)
    involved = more_locks()  # of whoever was asked within it: at tiers 2 and 3 they read it too


class Update(Labelled, Table, tablename="updates", db=ENGINE):
    """Append-only: a correction is a row of its own that names what it corrects."""

    id = row_id()
    token = short(24)
    ticket = refers(Ticket)
    author = refers(Person)
    at = instant()
    unverified = flag(False)
    kind = short(12)  # message, reply, note, question, outcome, decline, correction, cannot_tell; ask, signed ...
    for_requester = flag(True)  # a reply opens to the requester whatever its tier; a note does not
    corrects = big(null=True)
    ask = big(null=True)  # of words that answer an ask: its words
    asked = more_locks()  # of an ask and its answers: of whoever was asked
    why = words(null=True)  # of a correction
    disputed = flag(False)  # of a correction: somebody had objected before
    withheld = short(32, null=True)  # of "I can't tell you": the class of reason
    removed_at = instant(null=True)  # then the body is empty
    removed_for = short(32, null=True)
    body = words()


class Attachment(Labelled, Table, tablename="attachments", db=ENGINE):
    id = row_id()
    token = short(24)
    ticket = refers(Ticket)
    of_update = big(null=True)
    author = refers(Person)
    at = instant()
    name = short(200)
    kind = short(80)  # media type by content
    size = integer()
    digest = short()
    object = short(80)
    removed_at = instant(null=True)  # then it has no name, and nothing is in the store


class Removal(Table, tablename="removals", db=ENGINE):
    """Words that two people take away: what is left is who, when, why, and a keyed hash that knows a copy again."""

    id = row_id()
    token = short(24)
    ticket = refers(Ticket)
    words = refers(Update, null=True)  # with all their corrections; null: the request's own
    reason = short(32)
    state = short(8)  # asked, removed, refused
    by = refers(Person)
    at = instant()
    settled_by = refers(Person, null=True)
    settled_at = instant(null=True)
    digests = JSONB(default="[]")  # of each version and each file
    key = short(16, null=True)  # which key they were made with
    audience = locks()


class Hop(Table, tablename="hops", db=ENGINE):
    """In whose hands: from filing to the end every second has exactly one holder."""

    id = row_id()
    ticket = refers(Ticket)
    holder = short(12)  # department, requester, nobody
    department = refers(Department, null=True)
    since = instant()
    until = instant(null=True)
    by = refers(Person, null=True)
    reason = words(null=True)
    audience = locks()


class Watch(Table, tablename="watches", db=ENGINE):
    """Locked to the one who watches: whom a request interests is nobody else's business."""

    id = row_id()
    ticket = refers(Ticket)
    person = refers(Person)
    audience = locks()


class Relation(Table, tablename="relations", db=ENGINE):
    """How one request stands to another; for those who read both, and nobody else (a policy of its own)."""

    id = row_id()
    ticket = refers(Ticket)
    other = refers(Ticket)
    kind = short(12)  # relates, duplicates, blocks, child, split, follows, merged: what `ticket` is to `other`
    by = refers(Person)
    at = instant()
    ended_at = instant(null=True)


class Submission(Table, tablename="submissions", db=ENGINE):
    """A form's or a program's idempotency key and what became of it."""

    id = row_id()
    person = refers(Person)
    key = short(80)
    digest = short(80, null=True)  # keyed hash of what was sent: the words themselves are not kept twice
    at = instant()
    answer = short(80, null=True)
