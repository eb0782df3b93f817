"""Letters that leave, addresses that take none, and how often somebody wants to be written to."""

from piccolo.columns import Bytea
from piccolo.table import Table

from desk.db import ENGINE
from desk.db.columns import big, instant, integer, locks, refers, row_id, short, small, words
from desk.directory.tables import Person


class Sending(Table, tablename="sendings", db=ENGINE):
    """One for each entry and person. queued -> sent, deferred or bounced; held until the next digest; skipped."""

    id = row_id()
    token = short(24)
    entry = big()
    person = refers(Person)
    ticket = big(null=True)
    subject = short()  # what the entry is about: ticket:17, update:9001; person:4 of a digest
    tag = short()
    address = short(320)
    message_id = words()
    state = short(8)
    tries = small(default=0)
    next_at = instant()
    fault = short(null=True)  # a code, never words of a server
    content = Bytea(null=True, default=None)  # the letter as it leaves; null: not written yet, or never, or taken away
    within = big(null=True)  # the digest that told of it
    told = small(default=1)  # of a digest: how many
    at = instant()
    sent_at = instant(null=True)
    audience = locks()


class Suspension(Table, tablename="suspensions", db=ENGINE):
    """An address that refused a letter for good: no more go there until somebody says that it works again."""

    id = row_id()
    token = short(24)
    person = refers(Person)
    address = short(320)
    at = instant()
    fault = short()
    ended_at = instant(null=True)
    ended_by = integer(null=True)  # people.id


class Rhythm(Table, tablename="rhythms", db=ENGINE):
    """What somebody chose for one kind of matter; no row: the usual."""

    id = row_id()
    person = refers(Person)
    matter = short(8)  # asked, mine, work, watched
    pace = short(8)  # now, digest, none
