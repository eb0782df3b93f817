"""How this package writes the journal: the directory is open to every employee."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import asyncpg

from desk import db, locks
from desk.directory import queries, rules
from desk.i18n import Invalid, Sentence
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.locks import STAFF

_TAKEN = {
    "people_login_uq": ("login", "directory.login_taken"),
    "people_email_uq": ("email", "directory.email_taken"),
    "departments_code_uq": ("code", "directory.code_taken"),
    "absences_one_uq": ("since", "directory.absence_overlaps"),
}


async def about_person(tag: Tag, person: int, at: datetime, **facts: Any) -> None:
    await journal.write(tag, f"person:{person}", at=at, audience=[STAFF], **facts)


async def refuse_clearance(at: datetime) -> None:
    """Somebody wanted to let themselves in."""
    await about_person(Tag.CLEARANCE_REFUSED, db.reader().person or 0, at)


async def about_habits(person: int, at: datetime) -> None:
    """How somebody wants to see the desk is nobody else's business."""
    await journal.write(Tag.SETTINGS_CHANGED, f"person:{person}", at=at, audience=[locks.person(person)])


async def about_department(tag: Tag, department: int, at: datetime, **facts: Any) -> None:
    await journal.write(tag, f"department:{department}", at=at, audience=[STAFF], **facts)


async def check_administers() -> None:
    """Raises Forbidden."""
    rules.check_may_administer(await queries.roles(db.reader().person))


async def check_works_here(field: str, person: int | None, at: datetime) -> None:
    """Raises Invalid about the field for guests and for whoever has left."""
    if person is not None:
        who = await queries.person(person)
        rules.check_staff(field, guest=who.guest, left=who.left_at is not None and who.left_at <= at)


async def check_leads_none(person: int, at: datetime, *departments: int) -> None:
    """Of these departments; of any when none is named. Raises Refused."""
    led = [one for one in await queries.led(person, at) if not departments or one.id in departments]
    rules.check_leads_none((await queries.person(person)).name, [_Called(one) for one in led])


class _Called(Sentence):
    """The name of a department, in the language of whoever reads the sentence around it."""

    def __init__(self, department: queries.Department) -> None:
        self.department = department

    def say(self, language: str) -> str:
        return self.department.name(language)


@contextmanager
def unique() -> Iterator[None]:
    """The database's word for what exists already, as a fault of the field. The transaction is lost with it."""
    try:
        yield
    except (asyncpg.UniqueViolationError, asyncpg.ExclusionViolationError) as violation:
        field, key = _TAKEN[violation.constraint_name or ""]
        raise Invalid({field: Sentence(key)}) from violation
