from datetime import datetime

from msgspec import Struct

from desk import db
from desk.accounts.rules import IDLE, browser, digest, mark

_FOR = """
select p.id, c.password from people p left join credentials c on c.person = p.id
 where (lower(p.login) = lower($1) or lower(p.email) = lower($1)) and (p.left_at is null or p.left_at > $2)
"""
_SESSIONS = """
select secret, started_at, seen_at, address, browser, id = $4 from sessions
 where person = $1 and ended_at is null and ends_at > $2 and seen_at > $3 order by seen_at desc, id desc
"""
_TOKENS = """
select secret, name, cap, writes, made_at, ends_at, used_at from tokens
 where person = $1 and ended_at is null and ends_at > $2 order by made_at desc, id desc
"""
_LINK = """
select l.person, l.kind, p.login, p.name, p.email, p.language from links l join people p on p.id = l.person
 where l.secret = $1 and l.used_at is null and l.ends_at > $2 and (p.left_at is null or p.left_at > $2)
"""


class Link(Struct, frozen=True):
    person: int
    kind: str
    login: str
    name: str
    email: str
    language: str | None


class SessionLine(Struct, frozen=True):
    mark: str
    started_at: datetime
    seen_at: datetime
    address: str
    browser: str
    this: bool


class TokenLine(Struct, frozen=True):
    mark: str
    name: str
    cap: int
    writes: bool
    made_at: datetime
    ends_at: datetime
    used_at: datetime | None


async def credential(account: str, at: datetime) -> tuple[int, str | None] | None:
    """The person behind a login or an address, and the hash of the password; None for nobody."""
    row = await db.fetch_one(_FOR, account, at)
    return (row["id"], row["password"]) if row else None


async def sessions(of: int, at: datetime, *, this: int) -> list[SessionLine]:
    """Where a person is signed in, last seen first; `this` is the row of the session that asks."""
    rows = await db.fetch(_SESSIONS, of, at, at - IDLE, this)
    return [SessionLine(mark(row[0]), row[1], row[2], row[3], browser(row[4]), row[5]) for row in rows]


async def tokens(of: int, at: datetime) -> list[TokenLine]:
    rows = await db.fetch(_TOKENS, of, at)
    return [TokenLine(mark(row[0]), *row[1:]) for row in rows]


async def link(secret: str, at: datetime) -> Link | None:
    """None for a link that never was, is over or was used."""
    row = await db.fetch_one(_LINK, digest(secret), at)
    return Link(*row) if row else None
