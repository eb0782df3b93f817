"""Who may change the catalogue, and how a change enters the journal: every employee may read it."""

from datetime import datetime
from typing import Any

from desk import db
from desk.catalog import queries
from desk.catalog.rules.service import check_may_change
from desk.directory import queries as directory
from desk.directory.queries import Department
from desk.i18n import Invalid, Refused, Sentence
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.locks import STAFF


async def check_administers() -> None:
    """Raises Forbidden."""
    check_may_change(await directory.roles(db.reader().person))


async def about_service(tag: Tag, service: int, at: datetime, **facts: Any) -> None:
    await journal.write(tag, f"service:{service}", at=at, audience=[STAFF], **facts)


async def about_rule(tag: Tag, rule: int, at: datetime, **facts: Any) -> None:
    await journal.write(tag, f"rule:{rule}", at=at, audience=[STAFF], **facts)


async def open_department(code: str, field: str = "department") -> Department:
    """Raises Invalid for one that is closed or does not exist."""
    try:
        found = await directory.department_called(code)
    except Refused:
        raise Invalid({field: Sentence("catalog.no_department")})
    if found.closed_at is not None:
        raise Invalid({field: Sentence("catalog.no_department")})
    return found


async def answering_department(code: str) -> Department:
    """Raises Invalid for one where nobody can take a request: what is promised there nobody would keep."""
    found = await open_department(code)
    if found.code in await queries.silent():
        raise Invalid({"department": Sentence("catalog.nobody_answers")})
    return found
