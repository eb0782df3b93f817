from datetime import datetime
from typing import Any

from msgspec import Struct, structs
from piccolo.columns import Column

from desk import clock, db
from desk.directory import queries, rules
from desk.directory.actions.record import (
    about_department,
    about_habits,
    about_person,
    check_administers,
    check_leads_none,
    unique,
)
from desk.directory.tables import Membership, Person, Role
from desk.journal.rules import Tag

Facts = dict[Column | str, Any]
# a period is never empty, and what has begun this very moment or is to come ends too
_END_HEADSHIPS = """
update headships set until = greatest($2, since + interval '1 microsecond') where person = $1 and until is null
"""
_END_SUPERIORS = """
update superiors set until = greatest($2, since + interval '1 microsecond') where person = $1 and until is null
"""
_OWN = "select id from people where login = $1"
_ALONE = "select pg_advisory_xact_lock(hashtext('people'), 1)"


class NewPerson(Struct, frozen=True, kw_only=True):
    login: str
    name: str
    email: str
    department: int
    title: str | None = None
    guest: bool = False
    language: str | None = None


async def add_person(new: NewPerson) -> int:
    """Returns the id. Whoever is no guest is a member of the own department. Raises Forbidden, Invalid."""
    await check_administers()
    at = clock.now()
    rules.check_person(login=new.login, name=new.name, email=new.email, title=new.title, language=new.language)
    with unique():
        rows = await Person.insert(Person(**structs.asdict(new)))
    person: int = rows[0]["id"]
    if not new.guest:
        await Membership.insert(Membership(person=person, department=new.department, level=rules.Level.MEMBER))
    await about_person(Tag.PERSON_ADDED, person, at, department=new.department, guest=new.guest)
    return person


async def own_person(*, name: str, email: str, department: int) -> int:
    """The desk itself, where something must be in a person's name: made when it is first needed, member of nothing,
    without a way to sign in. By the desk, as nobody.
    """
    await db.fetch(_ALONE)
    known: int | None = await db.call(_OWN, rules.OWN)
    if known is not None:
        return known
    rows = await Person.insert(Person(login=rules.OWN, name=name, email=email, department=department))
    person: int = rows[0]["id"]
    await about_person(Tag.PERSON_ADDED, person, clock.now(), department=department, guest=False)
    return person


async def change_person(
    person: int, *, name: str, email: str, department: int, title: str | None, guest: bool = False
) -> None:
    """Who moves to another department becomes a member there and is none here any more.

    Raises Forbidden, Invalid; Refused for a head who would lead from elsewhere, and for a guest with roles.
    """
    await check_administers()
    at = clock.now()
    rules.check_person(name=name, email=email, title=title)
    before = await queries.person(person)
    after: Facts = {"name": name, "email": email, "department": department, "title": title, "guest": guest}
    changed = sorted(str(field) for field, value in after.items() if getattr(before, str(field)) != value)
    if not changed:
        return
    moves = {"department", "guest"} & set(changed)
    if "department" in changed:
        rules.check_not_oneself(person, by=db.reader().person)
    if moves:
        await _check_may_move(before, guest=guest, at=at)
    with unique():
        await Person.update(after).where(Person.id == person)  # type: ignore[attr-defined]
    if moves:
        await _move(person, before.department, department, guest=guest)
    await about_person(Tag.PERSON_CHANGED, person, at, fields=changed, department=department)


async def _check_may_move(before: queries.Person, *, guest: bool, at: datetime) -> None:
    """Raises Refused."""
    if guest:
        await check_leads_none(before.id, at)
        rules.check_may_be_guest(before.name, await queries.roles(before.id))
    else:
        await check_leads_none(before.id, at, before.department)


async def _move(person: int, here: int, there: int, *, guest: bool) -> None:
    left = [here, there]
    await Membership.delete().where((Membership.person == person) & Membership.department.is_in(left))
    if guest:
        await Membership.delete().where(Membership.person == person)
    else:
        await Membership.insert(Membership(person=person, department=there, level=rules.Level.MEMBER))


async def set_habits(*, language: str | None, theme: str | None, zone: str | None) -> None:
    """The reader's own language, theme (None: as the device) and zone (None: the desk's). Raises Invalid."""
    person = db.reader().person
    assert person is not None
    at = clock.now()
    rules.check_person(language=language, theme=theme, zone=zone)
    habits: Facts = {Person.language: language, Person.theme: theme, Person.zone: zone}
    await Person.update(habits).where(Person.id == person)  # type: ignore[attr-defined]
    await about_habits(person, at)


async def keep_language(language: str) -> None:
    """The language that the reader chose before signing in, if none is kept yet."""
    person = db.reader().person
    assert person is not None
    at = clock.now()
    rules.check_person(language=language)
    none_yet = (Person.id == person) & Person.language.is_null()  # type: ignore[attr-defined]
    if await Person.update({Person.language: language}).where(none_yet).returning(Person.language):
        await about_habits(person, at)


async def leave(person: int, at: datetime) -> list[queries.Department]:
    """Out of the directory from `at` on: no department, role, head or superior any more. `accounts` ends the rest.

    Waits for no successor, since access must end at once: returns the departments that have no head now.
    """
    await check_administers()
    if rules.RoleName.ADMINISTRATOR in await queries.roles(person):
        administrators = await Role.select(Role.person).where(Role.role == rules.RoleName.ADMINISTRATOR).lock_rows()
        rules.check_administrators_left([row["person"] for row in administrators], without=person)
    await db.once(Person.update({Person.left_at: at}).where((Person.id == person) & Person.left_at.is_null()))  # type: ignore[attr-defined]
    led = await queries.led(person, at)
    await Membership.delete().where(Membership.person == person)
    await Role.delete().where(Role.person == person)
    await db.fetch(_END_HEADSHIPS, person, at)
    await db.fetch(_END_SUPERIORS, person, at)
    await about_person(Tag.PERSON_LEFT, person, at)
    for one in led:
        await about_department(Tag.HEAD_SET, one.id, at, person=None, since=at)
    return led
