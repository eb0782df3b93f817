"""Whom a form names: somebody of a list."""

from datetime import datetime

from desk.directory import queries as directory
from desk.directory.routes.listed import listed
from desk.i18n import Invalid, Sentence
from desk.tickets import actions as tickets
from desk.tickets.actions.updates import Shut, Written
from desk.tickets.queries.cases import Case


async def ask_for(case: Case, to: str, body: str, shut: Shut, at: datetime) -> Written:
    """`to`: sign:STEP or department:CODE."""
    kind, _, whom = to.partition(":")
    if kind == "sign" and whom:
        return await tickets.ask_to_sign(case, whom, body, shut, at=at)
    if kind != "department":
        raise Invalid({"to": Sentence("tickets.to_needed")})
    asked = await listed(directory.department_called, whom, "to")
    return await tickets.ask_department(case, asked.id, body, shut, at=at)
