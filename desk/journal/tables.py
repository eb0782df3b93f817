"""The journal: what happened, once and for ever, and what has yet to follow from it."""

from piccolo.columns import JSONB, BigInt
from piccolo.table import Table

from desk.db import ENGINE
from desk.db.columns import big, digest, instant, integer, locks, row_id, short, small, words


class Entry(Table, tablename="entries", db=ENGINE):
    """Append-only by grant. `data` holds ids and facts, never words."""

    id = row_id()
    tag = short()
    at = instant()
    by = integer(null=True)  # people.id; null: the desk itself
    ticket = big(null=True)
    subject = short()  # ticket:17, update:9001, person:4
    data = JSONB(default="{}")
    audience = locks()


class Errand(Table, tablename="errands", db=ENGINE):
    """Relay state of an entry: the outbox. waiting -> sent -> done, or dead after the last try."""

    entry = BigInt(primary_key=True, default=None)
    state = short(8)
    tries = small(default=0)
    next_at = instant()
    fault = words(null=True)


class ChainLink(Table, tablename="chain_links", db=ENGINE):
    """One entry in the order in which the sealer found it, with a hash of it and of everything before it."""

    position = BigInt(primary_key=True, default=None)  # 1, 2, 3 and so on without a gap
    entry = big()  # entries.id
    hash = digest()
    at = instant()
