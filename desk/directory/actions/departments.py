from datetime import datetime
from typing import Any

from piccolo.columns import Column

from desk import clock, db
from desk.directory import queries, rules
from desk.directory.actions.record import about_department, check_administers, check_works_here, unique
from desk.directory.tables import Department, Headship
from desk.i18n import Refused
from desk.journal.rules import Tag


async def add_department(code: str, name_zh: str, name_en: str) -> int:
    """Returns the id. Raises Forbidden, Invalid."""
    await check_administers()
    at = clock.now()
    rules.check_department(code, name_zh=name_zh, name_en=name_en)
    with unique():
        rows = await Department.insert(Department(code=code, name_zh=name_zh, name_en=name_en))
    department: int = rows[0]["id"]
    await about_department(Tag.DEPARTMENT_ADDED, department, at)
    return department


async def change_department(department: int, *, name_zh: str, name_en: str, closed: bool = False) -> None:
    """A closed department is offered nowhere. Raises Forbidden, Invalid, Refused for closing it on people in it."""
    await check_administers()
    at = clock.now()
    rules.check_department(None, name_zh=name_zh, name_en=name_en)
    before = await queries.department(department)
    if closed and await queries.members(department, at):
        raise Refused("directory.department_has_people", field="closed")
    closed_at = (before.closed_at or at) if closed else None
    after: dict[Column | str, Any] = {
        Department.name_zh: name_zh,
        Department.name_en: name_en,
        Department.closed_at: closed_at,
    }
    await Department.update(after).where(Department.id == department)  # type: ignore[attr-defined]
    await about_department(Tag.DEPARTMENT_CHANGED, department, at, closed=closed)


async def set_head(department: int, person: int | None, since: datetime | None = None) -> None:
    """The new head leads from `since` (default: now), which ends the time of the one before. Raises Refused."""
    await check_administers()
    at = clock.now()
    since = since or at
    await check_works_here("head", person, at)
    open_one = (Headship.department == department) & Headship.until.is_null()
    before = await Headship.select(Headship.person, Headship.since).where(open_one).lock_rows()
    if before and before[0]["person"] == person:
        return
    rules.check_not_oneself(person, by=db.reader().person)
    rules.check_period(since, before[0]["since"] if before else None)
    await Headship.update({Headship.until: since}).where(open_one)
    if person is not None:
        await Headship.insert(Headship(department=department, person=person, since=since))
    await about_department(Tag.HEAD_SET, department, at, person=person, since=since)
