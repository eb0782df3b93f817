"""A whole file of people, or nothing of it."""

from msgspec import Struct

from desk import clock, db
from desk.directory import queries, rules
from desk.directory.actions import departments, duties, people
from desk.directory.actions.record import about_person, check_administers
from desk.directory.rules import roster
from desk.journal.rules import Tag

_SUPERIORS = """
select lower(p.login) as login, lower(s.login) as superior from superiors x
  join people p on p.id = x.person join people s on s.id = x.superior where x.during @> $1::timestamptz
"""


class Imported(Struct, frozen=True):
    departments: int
    added: int
    changed: int
    unchanged: int


async def read_roster(content: bytes) -> Imported:
    """New logins are added, known ones brought up to date; who is not in the file stays. Raises roster.Faulty."""
    await check_administers()
    rows = roster.parse(roster.decode(content))
    await duties.lock_line()
    known = await _known()
    roster.check(rows, known)
    created = roster.new_departments(rows, known)
    for code, row in created.items():
        await departments.add_department(code, row.department_name_zh or "", row.department_name_en or "")
    before = await _everybody()
    told = [await _put(row, before.get(row.login)) for row in rows]
    ids = await _everybody()
    for row in rows:
        told_superior = await _put_superior(row, ids)
        told[rows.index(row)] |= {"superior"} if told_superior else set()
    await _check_line(rows, ids)
    added = sum(1 for row in rows if row.login not in before)
    changed = sum(1 for row, fields in zip(rows, told, strict=True) if fields and row.login in before)
    return Imported(len(created), added, changed, len(rows) - added - changed)


async def _known() -> roster.Known:
    at = clock.now()
    everybody = await db.fetch("select lower(login) as login, lower(email) as email, left_at from people")
    above = await db.fetch(_SUPERIORS, at)
    return roster.Known(
        departments=frozenset(one.code for one in await queries.departments()),
        emails={row["email"]: row["login"] for row in everybody},
        superiors={row["login"]: row["superior"] for row in above},
        here=frozenset(row["login"] for row in everybody if row["left_at"] is None),
        left=frozenset(row["login"] for row in everybody if row["left_at"] is not None),
    )


async def _everybody() -> dict[str, int]:
    return {row["login"]: row["id"] for row in await db.fetch("select lower(login) as login, id from people")}


async def _put(row: roster.Row, person: int | None) -> set[str]:
    """What was changed of this person."""
    department = await queries.department_called(row.department)
    if person is None:
        new = people.NewPerson(
            login=row.login,
            name=row.name,
            email=row.email,
            department=department.id,
            title=row.title,
            guest=row.is_guest,
            language=row.wanted_language,
        )
        person = await people.add_person(new)
        changed = {"login"}
    else:
        changed = await _bring_up_to_date(row, person, department.id)
    if row.wanted_level is not None and (await queries.levels(person)).get(department.id) != row.wanted_level:
        await duties.set_level(person, department.id, row.wanted_level)
        changed.add("level")
    return changed | await _put_roles(row, person)


async def _bring_up_to_date(row: roster.Row, person: int, department: int) -> set[str]:
    before = await queries.person(person)
    await people.change_person(
        person,
        name=row.name,
        email=row.email,
        department=department,
        title=row.title if row.title is not None else before.title,
        guest=row.is_guest if row.guest else before.guest,
    )
    return set() if before == await queries.person(person) else {"facts"}


async def _put_roles(row: roster.Row, person: int) -> set[str]:
    if row.roles is None:
        return set()
    before = await queries.roles(person)
    for role in rules.RoleName:
        await duties.set_role(person, role, held=role in row.roles) if (role in before) != (role in row.roles) else None
    return set() if before == set(row.roles) else {"roles"}


async def _check_line(rows: list[roster.Row], ids: dict[str, int]) -> None:
    """The file was checked against today's line; what is arranged for later can close a circle too. Raises Faulty."""
    at = clock.now()
    faults = [
        roster.circle(row)
        for row in rows
        if row.superior is not None and ids[row.login] in await queries.ever_above(ids[row.superior], at)
    ]
    if faults:
        raise roster.Faulty(faults)


async def _put_superior(row: roster.Row, ids: dict[str, int]) -> bool:
    if row.superior is None:
        return False
    at = clock.now()
    person, superior = ids[row.login], ids[row.superior]
    if not await duties.write_superior(person, superior, at):
        return False
    await about_person(Tag.SUPERIOR_SET, person, at, superior=superior, since=at)
    return True
