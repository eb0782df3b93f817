"""Whose hands a request is in: take, assign, hand over."""

from datetime import datetime

from desk import db
from desk.directory import queries as directory
from desk.disclosure import actions as disclosure
from desk.disclosure.queries import recusals
from desk.i18n import Refused
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.sla.actions import promises
from desk.sla.actions.promises import About, Sides
from desk.sla.queries import clocks
from desk.sla.queries.promises import owed
from desk.sla.rules.kinds import Kind
from desk.sla.rules.targets import Budget
from desk.tickets.actions import hops
from desk.tickets.queries.cases import Case
from desk.tickets.rules import states
from desk.tickets.rules import words as rules

ACCEPTANCE = 2 * 3600  # business seconds in which a receiving department takes what was handed to it
_HANDLER = """
update tickets set handler = $2 where id = $1 and handler is not distinct from $3 and department = $4 returning id
"""
_DEPARTMENT = "update tickets set department = $2, handler = null where id = $1 and department = $3 returning id"


async def take(case: Case, *, at: datetime) -> None:
    states.check_take(
        case.actor, department=case.department, handler=case.handler, requester=case.requester, state=case.state
    )
    await _set_handler(case, case.writer.person, at)
    await journal.write(
        Tag.REQUEST_TAKEN, case.item, at=at, audience=case.audience, ticket=case.id, handler=case.writer.person
    )


async def take_silently(case: Case, *, at: datetime) -> None:
    """Whoever answers first has taken the request; no second click for it."""
    if case.handler is None and case.state in states.RUNNING:
        await take(case, at=at)


async def assign(case: Case, to: int, *, at: datetime) -> None:
    """To a colleague who handles requests of the same department."""
    colleagues = await recusals.without(case.id, await directory.handlers(case.department, at), at=at)
    states.check_assign(
        case.actor, department=case.department, requester=case.requester, state=case.state, to=to, handlers=colleagues
    )
    await _set_handler(case, to, at)
    await journal.write(Tag.REQUEST_ASSIGNED, case.item, at=at, audience=case.audience, ticket=case.id, handler=to)


async def hand_over(case: Case, to: int, reason: str, *, at: datetime) -> None:
    """To another department, with a reason. What is owed goes along with its due times; the locks move last."""
    states.check_hand_over(case.actor, department=case.department, state=case.state, to=to)
    if (await directory.department(to)).closed_at is not None:
        raise Refused("tickets.department_closed", field="department")
    await clocks.clock(to)  # without a calendar nothing could be promised there any more
    why = rules.line(reason, field="reason")
    await db.expect_one(_DEPARTMENT, case.id, to, case.department)
    if case.state == states.State.OPEN:
        await hops.pass_on(case.id, department=to, at=at, audience=case.audience, reason=why)
    await promises.move(case.id, to_department=to)
    await _owe_acceptance(case, to, at)
    await journal.write(
        Tag.REQUEST_HANDED_OVER, case.item, at=at, audience=case.audience, ticket=case.id,
        giving=case.department, receiving=to,
    )  # fmt: skip
    await disclosure.transfer(case.id, to)


async def _owe_acceptance(case: Case, to: int, at: datetime) -> None:
    """The receiving department owes that somebody there takes it; one who hands it on at once owed it in vain."""
    await promises.withdraw(await owed(case.id, [Kind.HANDOVER]), at=at)
    about, sides = About(ticket=case.id, audience=case.audience), Sides(to, None, case.requester)
    await promises.give({Kind.HANDOVER: Budget(ACCEPTANCE)}, about, sides, started_at=at, at=at)


async def _set_handler(case: Case, to: int, at: datetime) -> None:
    await db.expect_one(_HANDLER, case.id, to, case.handler, case.department)
    await promises.assign(case.id, to_person=to)
    await promises.keep(await owed(case.id, [Kind.HANDOVER]), at=at)
