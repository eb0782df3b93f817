"""One indexed query for each request: who holds this secret, and what the person is here."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from desk import db
from desk.accounts.rules import IDLE, digest
from desk.i18n import either

_PERSON = """
 p.id as person, p.login, p.name, p.guest, p.language, p.theme, p.zone,
 d.id as department, d.code as department_code, d.name_zh as department_zh, d.name_en as department_en,
 array(select m.department from memberships m where m.person = p.id and m.level >= 3) as handles,
 array(select h.department from headships h where h.person = p.id and h.during @> $2::timestamptz) as heads,
 array(select r.role::text from roles r where r.person = p.id order by 1) as roles
"""
_HERE = """
  join people p on p.id = x.person and (p.left_at is null or p.left_at > $2)
  join departments d on d.id = p.department
"""
_BY_SESSION = f"""
select x.id as access, x.seen_at as used_at, 4 as cap, true as writes, {_PERSON} from sessions x {_HERE}
 where x.secret = $1 and x.ended_at is null and x.ends_at > $2 and x.seen_at > $3
"""  # noqa: S608
_BY_TOKEN = f"""
select x.id as access, x.used_at, x.cap, x.writes, {_PERSON} from tokens x {_HERE}
 where x.secret = $1 and x.ended_at is null and x.ends_at > $2
"""  # noqa: S608

_HOLDS = """
select exists (select from sessions x join people p on p.id = x.person and (p.left_at is null or p.left_at > $2)
                where x.id = $1 and x.ended_at is null and x.ends_at > $2 and x.seen_at > $3)
"""


class Standing(Struct, frozen=True, kw_only=True):
    """A person as their access shows them."""

    access: int  # the row of the session or token
    used_at: datetime | None
    cap: int
    writes: bool
    person: int
    login: str
    name: str
    guest: bool
    language: str | None
    theme: str | None
    zone: str | None
    department: int
    department_code: str
    department_zh: str
    department_en: str
    handles: tuple[int, ...]  # departments where the person is a handler
    heads: tuple[int, ...]  # departments that the person leads
    roles: tuple[str, ...]

    def department_name(self, language: str) -> str:
        return either(language, self.department_zh, self.department_en)


async def behind_session(secret: str, at: datetime) -> Standing | None:
    return _standing(await db.fetch_one(_BY_SESSION, digest(secret), at, at - IDLE))


async def behind_token(secret: str, at: datetime) -> Standing | None:
    return _standing(await db.fetch_one(_BY_TOKEN, digest(secret), at))


async def session_holds(session: int, at: datetime) -> bool:
    """Whether a session still opens anything: for what stays open after it was let in."""
    holds: bool = await db.call(_HOLDS, session, at, at - IDLE)
    return holds


def _standing(row: Any) -> Standing | None:
    if row is None:
        return None
    lists = {name: tuple(row[name]) for name in ("handles", "heads", "roles")}
    return Standing(**{**dict(row), **lists})
