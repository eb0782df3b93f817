"""Whom a form names: somebody of a list."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from desk.directory import queries as directory
from desk.directory.rules import Unknown
from desk.i18n import Invalid, Sentence
from desk.tickets import actions as tickets
from desk.tickets.actions.updates import Shut, Written
from desk.tickets.queries.cases import Case

T = TypeVar("T")


async def listed(called: Callable[[str], Awaitable[T]], word: str, field: str) -> T:
    """What a form's list offers; anything else is a fault of its field."""
    try:
        return await called(word)
    except Unknown as unknown:
        raise Invalid({field: unknown.sentence if word.strip() else Sentence("web.required")}) from None


async def ask_for(case: Case, to: str, body: str, shut: Shut, at: datetime) -> Written:
    """`to`: sign:STEP or department:CODE."""
    kind, _, whom = to.partition(":")
    if kind == "sign" and whom:
        return await tickets.ask_to_sign(case, whom, body, shut, at=at)
    if kind != "department":
        raise Invalid({"to": Sentence("tickets.to_needed")})
    asked = await listed(directory.department_called, whom, "to")
    return await tickets.ask_department(case, asked.id, body, shut, at=at)
