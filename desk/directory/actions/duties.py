"""Superior, level, role, absence: what one person is to others."""

from datetime import datetime

from desk import clock, db
from desk.directory import queries, rules
from desk.directory.actions.record import about_person, check_administers, check_leads_none, check_works_here, unique
from desk.directory.tables import Absence, Membership, Person, Role, Superior
from desk.i18n import Refused
from desk.journal.rules import Tag


async def set_superior(person: int, superior: int | None, since: datetime | None = None) -> None:
    """The new superior stands from `since` (default: now), which ends the time of the one before.

    Raises Forbidden; Refused for a circle, and for a time before the present one began.
    """
    await check_administers()
    at = clock.now()
    since = since or at
    await check_works_here("superior", superior, at)
    await lock_line()
    if superior is not None:
        rules.check_superior(person, superior, await queries.ever_above(superior, since))
    if await write_superior(person, superior, since):
        await about_person(Tag.SUPERIOR_SET, person, at, superior=superior, since=since)


async def lock_line() -> None:
    """Two changes of superiors at once could make a circle that neither of them sees."""
    await db.call("select pg_advisory_xact_lock(hashtext('superiors'))")


async def write_superior(person: int, superior: int | None, since: datetime) -> bool:
    """False when that is the superior already."""
    open_one = (Superior.person == person) & Superior.until.is_null()
    before = await Superior.select(Superior.superior, Superior.since).where(open_one)
    if (before[0]["superior"] if before else None) == superior:
        return False
    rules.check_period(since, before[0]["since"] if before else None)
    await Superior.update({Superior.until: since}).where(open_one)
    if superior is not None:
        await Superior.insert(Superior(person=person, superior=superior, since=since))
    return True


async def set_level(person: int, department: int, level: int | None) -> None:
    """2 member, 3 handler; None: neither. Raises Forbidden, OwnClearance."""
    await check_administers()
    at = clock.now()
    before = (await queries.levels(person)).get(department)
    if before == level:
        return
    if (level or 0) > (before or 0):
        rules.check_not_oneself(person, by=db.reader().person)
    if level is None:
        await check_leads_none(person, at, department)
    await Membership.delete().where((Membership.person == person) & (Membership.department == department))
    if level is not None:
        await check_works_here("level", person, at)
        row = Membership(person=person, department=department, level=int(rules.Level(level)))
        await Membership.insert(row)
    await about_person(Tag.LEVEL_SET, person, at, department=department, level=level)


async def set_role(person: int, role: str, *, held: bool) -> None:
    """Raises Forbidden for all but administrators, Invalid for guests, Refused when nobody would remain who can give
    roles.
    """
    rules.check_may_appoint(await queries.roles(db.reader().person))
    at = clock.now()
    wanted = rules.RoleName(role)
    if (wanted in await queries.roles(person)) == held:
        return
    if held:
        if wanted is rules.RoleName.AUDITOR:
            rules.check_not_oneself(person, by=db.reader().person)
        await check_works_here("roles", person, at)
        await Role.insert(Role(person=person, role=wanted.value))
    else:
        holders = await Role.select(Role.person).where(Role.role == wanted.value).lock_rows()
        if wanted is rules.RoleName.ADMINISTRATOR:
            rules.check_administrators_left([row["person"] for row in holders], without=person)
        await Role.delete().where((Role.person == person) & (Role.role == wanted.value))
    await about_person(Tag.ROLE_SET, person, at, role=wanted.value, held=held)


async def set_critical(person: int, held: bool) -> None:
    """Whether somebody holds a critical role: one that others cannot work without. Raises Forbidden, Invalid."""
    await check_administers()
    at = clock.now()
    if held:
        await check_works_here("critical", person, at)
    changed = (Person.id == person) & (Person.critical != held)  # type: ignore[attr-defined]
    if await Person.update({Person.critical: held}).where(changed).returning(Person.critical):
        await about_person(Tag.CRITICAL_ROLE_SET, person, at, held=held)


async def set_absence(person: int, deputy: int | None, *, since: datetime, until: datetime) -> None:
    """One's own, or anybody's for those who keep the directory. Raises Forbidden, Invalid, Refused for guests."""
    by = db.reader().person
    at = clock.now()
    rules.check_may_set_absence(await queries.roles(by), by=by, person=person)
    if (await queries.person(person)).guest:
        raise Refused("directory.guest_is_not_away")
    rules.check_absence(person, deputy, since=since, until=until, now=at)
    await check_works_here("deputy", deputy, at)
    with unique():
        await Absence.insert(Absence(person=person, deputy=deputy, since=since, until=until))
    await about_person(Tag.ABSENCE_SET, person, at, deputy=deputy, since=since, until=until)


async def end_absence(person: int) -> None:
    """Back now; an absence that has not begun never takes place. Raises Forbidden."""
    by = db.reader().person
    at = clock.now()
    rules.check_may_set_absence(await queries.roles(by), by=by, person=person)
    away = await queries.absence_to_come(person, at)
    if away is None:
        return
    this = (Absence.person == person) & (Absence.since == away.since)
    if away.since < at:
        await Absence.update({Absence.until: at}).where(this)
    else:
        await Absence.delete().where(this)
    await about_person(Tag.ABSENCE_SET, person, at, deputy=None, since=away.since, until=min(at, away.until))
