"""One person and one department as their pages show them. What staff may read, guests and tokens of tier 0 may not."""

from datetime import datetime

from msgspec import Struct

from desk import db
from desk.directory.queries.departments import Department, department, department_called, departments
from desk.directory.queries.line import Absence, absence_to_come, line
from desk.directory.queries.people import Person, levels, person_called, roles
from desk.directory.rules import Unknown
from desk.i18n import either

_NAMED = "select id, login, name, title from people where id = any ($1::int[])"
_REPORTS = """
select p.id, p.login, p.name, p.title from superiors s join people p on p.id = s.person
 where s.superior = $1 and s.during @> $2::timestamptz and (p.left_at is null or p.left_at > $2) order by lower(p.login)
"""
_MEMBERS = """
select p.id, p.login, p.name, p.title, m.level from memberships m join people p on p.id = m.person
 where m.department = $1 and (p.left_at is null or p.left_at > $2) order by m.level desc, lower(p.login)
"""
_HEAD = """
select p.id, p.login, p.name, p.title from headships h join people p on p.id = h.person
 where h.department = $1 and h.during @> $2::timestamptz
"""
_LINES = """
select d.code, d.name_zh, d.name_en, d.closed_at is not null, h.login, h.name,
       (select count(*) from memberships m join people p on p.id = m.person
         where m.department = d.id and (p.left_at is null or p.left_at > $1))
  from departments d
  left join lateral (select p.login, p.name from headships x join people p on p.id = x.person
                      where x.department = d.id and x.during @> $1::timestamptz) h on true
 where reader_reach() >= 1
 order by d.closed_at is not null, d.code
"""


class Named(Struct, frozen=True):
    """A person as others name them."""

    id: int
    login: str
    name: str
    title: str | None


class Held(Struct, frozen=True):
    """What somebody is in one department."""

    department: Department
    level: int


class Member(Struct, frozen=True):
    id: int
    login: str
    name: str
    title: str | None
    level: int


class PersonView(Struct, frozen=True):
    person: Person
    department: Department
    held: list[Held]
    line: list[Named]  # from the nearest superior upward
    reports: list[Named]
    roles: frozenset[str]
    absence: Absence | None
    deputy: Named | None
    left: bool


class DepartmentLine(Struct, frozen=True):
    code: str
    name_zh: str
    name_en: str
    closed: bool
    head_login: str | None
    head_name: str | None
    members: int

    def name(self, language: str) -> str:
        return either(language, self.name_zh, self.name_en)


class DepartmentView(Struct, frozen=True):
    department: Department
    head: Named | None
    members: list[Member]


async def person_view(login: str, at: datetime) -> PersonView:
    """Raises Unknown."""
    await _check_staff("directory.no_such_person")
    person = await person_called(login)
    by_id = {one.id: one for one in await departments(closed=True)}
    away = await absence_to_come(person.id, at)
    named_deputy = await _named([away.deputy]) if away and away.deputy else []
    return PersonView(
        person=person,
        department=await department(person.department),
        held=[Held(by_id[of], level) for of, level in sorted((await levels(person.id)).items())],
        line=await _named(await line(person.id, at)),
        reports=[Named(*row) for row in await db.fetch(_REPORTS, person.id, at)],
        roles=await roles(person.id),
        absence=away,
        deputy=named_deputy[0] if named_deputy else None,
        left=person.left_at is not None and person.left_at <= at,
    )


async def department_view(code: str, at: datetime) -> DepartmentView:
    """Raises Unknown."""
    await _check_staff("directory.no_such_department")
    found = await department_called(code)
    head = await db.fetch_one(_HEAD, found.id, at)
    members = [Member(*row) for row in await db.fetch(_MEMBERS, found.id, at)]
    return DepartmentView(found, Named(*head) if head else None, members)


async def department_lines(at: datetime) -> list[DepartmentLine]:
    """Every department, closed ones last."""
    return [DepartmentLine(*row) for row in await db.fetch(_LINES, at)]


async def _named(ids: list[int]) -> list[Named]:
    """In the order of the ids."""
    found = {row["id"]: Named(*row) for row in await db.fetch(_NAMED, ids)}
    return [found[of] for of in ids]


async def _check_staff(key: str) -> None:
    if not await db.call("select reader_reach() >= 1"):
        raise Unknown(key)
