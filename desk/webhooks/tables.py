"""Where a department's chat hears what happened, and what is on its way there."""

from piccolo.table import Table

from desk.db import ENGINE
from desk.db.columns import big, instant, locks, refers, row_id, short, small, words
from desk.directory.tables import Department, Person


class Webhook(Table, tablename="webhooks", db=ENGINE):
    """Never changed, only ended and followed by another. No person reads `address` and `secret` again."""

    id = row_id()
    department = refers(Department)  # whose requests it tells of
    name = short(80)
    kind = short(16)
    host = short(255)  # of the address: what may be shown of it
    address = words()
    secret = words(null=True)  # for signing, where the kind knows that
    language = short(8)
    made_by = refers(Person)
    made_at = instant()
    ended_at = instant(null=True)


class Call(Table, tablename="webhook_calls", db=ENGINE):
    """waiting -> sent, dead after the last try, or dropped when its request was shut meanwhile."""

    id = row_id()
    entry = big()  # with the webhook unique: told once, however often the errand runs
    webhook = refers(Webhook)
    state = short(8)
    tries = small(default=0)
    next_at = instant()
    at = instant()
    done_at = instant(null=True)
    fault = short(32, null=True)  # a code; never what the other side said
    body = words(null=True)  # as it leaves, the same at each try; empty once it is settled
    audience = locks()  # the entry's
