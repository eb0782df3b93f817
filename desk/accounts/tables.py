"""How a person shows who they are."""

from piccolo.columns import Bytea
from piccolo.table import Table

from desk.db import ENGINE
from desk.db.columns import flag, instant, refers, row_id, short, small
from desk.directory.tables import Person


class Credential(Table, tablename="credentials", db=ENGINE):
    person = refers(Person)
    password = short(200)  # argon2id


class Session(Table, tablename="sessions", db=ENGINE):
    """A browser that is signed in; only the hash of its secret is kept."""

    id = row_id()
    secret = Bytea(default=None)
    person = refers(Person)
    started_at = instant()
    seen_at = instant()
    ends_at = instant()  # absolute; idle time is counted from seen_at
    ended_at = instant(null=True)
    address = short()
    browser = short(200)


class Link(Table, tablename="links", db=ENGINE):
    """An invitation or a password reset: 60 minutes (7 days), once."""

    secret = Bytea(default=None)
    person = refers(Person)
    kind = short(12)  # invitation, reset
    made_at = instant()
    ends_at = instant()
    used_at = instant(null=True)


class Token(Table, tablename="tokens", db=ENGINE):
    """Access for a program: `dsk_` and 160 bits, shown once."""

    id = row_id()
    secret = Bytea(default=None)
    person = refers(Person)
    name = short(80)
    cap = small()  # highest tier that it reaches
    writes = flag(True)
    made_at = instant()
    ends_at = instant()
    used_at = instant(null=True)
    ended_at = instant(null=True)


class Attempt(Table, tablename="attempts", db=ENGINE):
    """A try to sign in, kept for a day to slow down guessing; each is two rows."""

    id = row_id()
    kind = short(8)  # login: by what was typed; who: by whom it is
    account = short(254)
    address = short()
    at = instant()
    good = flag(False)
