from collections.abc import Collection
from datetime import datetime

from msgspec import Struct

from desk import db
from desk.directory.rules import Unknown
from desk.i18n import either

PAGE = 50


class Person(Struct, frozen=True):
    id: int
    login: str
    name: str
    email: str
    department: int
    title: str | None
    guest: bool
    language: str | None
    theme: str | None
    zone: str | None
    left_at: datetime | None
    critical: bool  # holds a critical role


class PersonLine(Struct, frozen=True):
    """One line of the list of people."""

    login: str
    name: str
    title: str | None
    department_zh: str
    department_en: str
    guest: bool
    left: bool

    def department(self, language: str) -> str:
        return either(language, self.department_zh, self.department_en)


class PeoplePage(Struct, frozen=True):
    items: list[PersonLine]
    next: str | None  # the key after which the next page begins


_COLUMNS = """
select p.id, p.login, p.name, p.email, p.department, p.title, p.guest, p.language, p.theme, p.zone, p.left_at,
       p.critical
  from people p"""
HANDLERS = """
 where p.id = any (array(select person from memberships where department = $1 and level >= 3 union
                        select person from headships where department = $1 and during @> $2::timestamptz))
   and (p.left_at is null or p.left_at > $2) order by p.id
"""
# what staff may read, guests and tokens of tier 0 may not: the reader of this transaction decides
_PAGE = """
select p.login, p.name, p.title, d.name_zh, d.name_en, p.guest, p.left_at is not null and p.left_at <= $1
  from people p join departments d on d.id = p.department
 where lower(p.login) > $2 and reader_reach() >= 1
   and ($3 = '' or p.name ilike $3 or p.login ilike $3 or p.email ilike $3 or p.title ilike $3)
   and ($4::text is null or d.code = $4)
   and ($5 or p.left_at is null or p.left_at > $1)
 order by lower(p.login) limit $6
"""
# the search of the whole desk asks with every word: LIKE on small letters costs a tenth of ILIKE
_NAMED = """
select p.login, p.name, p.title, d.name_zh, d.name_en, p.guest, false
  from people p join departments d on d.id = p.department
 where reader_reach() >= 1 and (p.left_at is null or p.left_at > $1)
   and (lower(p.name) like '%' || $2 || '%' or lower(p.login) like $2 || '%')
 order by lower(p.login) limit $3
"""


async def person(of: int) -> Person:
    """Raises Unknown."""
    return _one(await db.fetch_one(_COLUMNS + " where p.id = $1", of))


async def person_called(login: str) -> Person:
    """By login, in any case of letters. Raises Unknown."""
    return _one(await db.fetch_one(_COLUMNS + " where lower(p.login) = lower($1)", login))


async def person_at(address: str, at: datetime) -> Person | None:
    """Whose address this is, in any case of letters, and who is here at an instant."""
    row = await db.fetch_one(
        _COLUMNS + " where lower(p.email) = lower($1) and (p.left_at is null or p.left_at > $2)", address, at
    )
    return Person(*row) if row else None


async def names(of: Collection[int]) -> dict[int, str]:
    rows = await db.fetch("select id, name from people where id = any ($1::int[])", list(of))
    return {row["id"]: row["name"] for row in rows}


async def roles(of: int | None) -> frozenset[str]:
    """Roles of a person. Nobody is the operator at the shell of this machine, who can do what an administrator can."""
    if of is None:
        return frozenset({"administrator"})
    rows = await db.fetch("select role from roles where person = $1", of)
    return frozenset(row["role"] for row in rows)


async def administrators(at: datetime) -> list[int]:
    """The ids of those who are in the company."""
    rows = await db.fetch(
        """select r.person from roles r join people p on p.id = r.person
            where r.role = 'administrator' and (p.left_at is null or p.left_at > $1) order by r.person""",
        at,
    )
    return [row["person"] for row in rows]


async def levels(of: int) -> dict[int, int]:
    """Department -> 2 member, 3 handler."""
    rows = await db.fetch("select department, level from memberships where person = $1", of)
    return {row["department"]: row["level"] for row in rows}


async def members(of: int, at: datetime) -> dict[int, int]:
    """Person -> level, of those who are in a department and in the company."""
    rows = await db.fetch(
        """select m.person, m.level from memberships m join people p on p.id = m.person
            where m.department = $1 and (p.left_at is null or p.left_at > $2) order by lower(p.login)""",
        of,
        at,
    )
    return {row["person"]: row["level"] for row in rows}


async def colleagues(of: int, at: datetime) -> list[Person]:
    """Who may handle requests of a department: its handlers and its own head, in the order of their ids."""
    return [Person(*row) for row in await db.fetch(_COLUMNS + HANDLERS, of, at)]


async def handlers(of: int, at: datetime) -> list[int]:
    """The ids of these."""
    return [person.id for person in await colleagues(of, at)]


async def staff(at: datetime) -> list[Person]:
    """Everybody in the company who is no guest, by login: for choosing a superior, a head, a deputy."""
    rows = await db.fetch(
        _COLUMNS + " where not p.guest and (p.left_at is null or p.left_at > $1) order by lower(p.login)", at
    )
    return [Person(*row) for row in rows]


async def people_page(
    at: datetime, *, search: str = "", department: str | None = None, after: str = "", left: bool = False
) -> PeoplePage:
    """PAGE people by login, those after the key `after`; with `left`, those who left too."""
    like = f"%{_literal(search.strip())}%" if search.strip() else ""
    rows = await db.fetch(_PAGE, at, after.lower(), like, department, left, PAGE + 1)
    items = [PersonLine(*row) for row in rows[:PAGE]]
    return PeoplePage(items, items[-1].login if len(rows) > PAGE else None)


async def people_named(words: str, at: datetime, *, at_most: int) -> list[PersonLine]:
    """Whoever is here and has these words in the name, or a login that begins so."""
    rows = await db.fetch(_NAMED, at, _literal(words.strip().lower()), at_most)
    return [PersonLine(*row) for row in rows]


def _literal(text: str) -> str:
    """Signs that LIKE would take for wildcards, escaped."""
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _one(row: object) -> Person:
    if row is None:
        raise Unknown("directory.no_such_person")
    return Person(*row)  # type: ignore[misc]
