"""How a request ends, and who says so: the desk resolves or declines, the customer judges."""

from datetime import datetime
from typing import Any

from desk import db
from desk.i18n import Refused
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.sla.actions import promises
from desk.sla.queries import clocks
from desk.sla.queries.promises import owed
from desk.sla.rules import days, instants
from desk.sla.rules.kinds import ASKED, REPLIES, Kind
from desk.tickets.actions import hops
from desk.tickets.actions.answering import owe_reply
from desk.tickets.actions.holding import take_silently
from desk.tickets.actions.updates import Shut, Words, write
from desk.tickets.queries import relations
from desk.tickets.queries.asks import is_signed
from desk.tickets.queries.cases import Case, workers
from desk.tickets.queries.services import service_of
from desk.tickets.rules import linking, states
from desk.tickets.rules import words as rules
from desk.tickets.rules.states import State

_END = """
update tickets set state = $3, ended_at = $4, resolved_at = $5, lapses_at = $6 where id = $1 and state = $2 returning id
"""
_REOPEN = """
update tickets set state = 'open', ended_at = null, resolved_at = null, lapses_at = null, reopened = reopened + 1
 where id = $1 and state = $2 returning id
"""


async def resolve(case: Case, outcome: str, *, at: datetime, tag: Tag = Tag.REQUEST_RESOLVED, **facts: Any) -> None:
    """One sentence says what came of it. The resolution's verdict is fixed now; acceptance makes it final.

    `tag` and `facts`: what the journal says of an outcome that has a name of its own.
    """
    states.check_end(case.actor, department=case.department, requester=case.requester, state=case.state)
    await check_signed(case)
    linking.check_blockers(await relations.blockers(case.id))
    await take_silently(case, at=at)
    text = rules.line(outcome, field="outcome")
    await _move(case, State.RESOLVED, resolved_at=at, lapses_at=await business_days_later(case, at))
    await write(case, Words("outcome", text), case.label, tag=tag, at=at, **facts)
    await promises.keep(await owed(case.id, [*REPLIES, Kind.RESOLUTION, Kind.EXPECTATION]), at=at)
    await promises.withdraw(await owed(case.id, ASKED), at=at)
    if case.state == State.OPEN:
        await hops.pass_on(case.id, department=None, at=at, audience=case.audience)


async def decline(case: Case, reason: str, *, at: datetime, tag: Tag = Tag.REQUEST_DECLINED, **facts: Any) -> None:
    """An answer too: it keeps what was promised as a reply and takes back the promise to resolve."""
    states.check_end(case.actor, department=case.department, requester=case.requester, state=case.state)
    await take_silently(case, at=at)
    text = rules.body(reason, field="reason")
    await _move(case, State.DECLINED, ended_at=at)
    await write(case, Words("decline", text), case.label, tag=tag, at=at, **facts)
    await promises.keep(await owed(case.id, [*REPLIES, Kind.EXPECTATION]), at=at)
    await promises.withdraw(await owed(case.id, [Kind.RESOLUTION, *ASKED]), at=at)
    await hops.end(case.id, at=at)


async def accept(case: Case, *, at: datetime) -> None:
    """Only the customer accepts: whoever did the work does not judge it."""
    states.check_judge(
        case.writer.person, requester=case.requester, workers=await workers(case), state=case.state
    )  # fmt: skip
    await _move(case, State.ACCEPTED, ended_at=at, resolved_at=case.resolved_at)
    await promises.withdraw(await owed(case.id, [Kind.NEXT_REPLY, Kind.EXPECTATION]), at=at)
    await hops.end(case.id, at=at)
    await journal.write(Tag.REQUEST_ACCEPTED, case.item, at=at, audience=case.audience, ticket=case.id)


async def reopen(case: Case, reason: str, *, at: datetime, unverified: bool = False) -> None:
    """ "Not yet" to an outcome, or again within 5 business days of the end: the same request goes on."""
    await _check_reopen(case, at)
    text = rules.body(reason, field="reason")
    tag = Tag.REQUEST_NOT_YET if case.state == State.RESOLVED else Tag.REQUEST_REOPENED
    await db.expect_one(_REOPEN, case.id, case.state.value)
    await write(case, Words("message", text, unverified=unverified), Shut(), tag=tag, at=at)
    await promises.reopen(case.id, at=at)
    await owe_reply(case, at=at)
    if case.ended_at is None:
        await hops.end(case.id, at=at)
    else:
        await hops.nobodys(case.id, since=case.ended_at, until=at, audience=case.audience)
    await hops.begin(case.id, department=case.department, at=at, audience=case.audience)


async def withdraw(case: Case, *, at: datetime) -> None:
    states.check_withdraw(case.writer.person, requester=case.requester, state=case.state)
    await _move(case, State.WITHDRAWN, ended_at=at)
    await promises.withdraw(await owed(case.id, list(Kind)), at=at)
    await hops.end(case.id, at=at)
    await journal.write(Tag.REQUEST_WITHDRAWN, case.item, at=at, audience=case.audience, ticket=case.id)


async def check_signed(case: Case) -> None:
    """What a service wants signed is done when it is signed. Raises Refused."""
    if (await service_of(case.service)).approvers and not await is_signed(case):
        raise Refused("tickets.not_signed")


async def business_days_later(case: Case, at: datetime) -> datetime:
    """The close of the fifth business day of whoever serves."""
    calendar = (await clocks.clock(case.department)).compiled
    return instants.moment(days.close_after(calendar, instants.seconds(at), states.REOPENING_DAYS))


async def _check_reopen(case: Case, at: datetime) -> None:
    if case.state == State.RESOLVED:
        states.check_judge(case.writer.person, requester=case.requester, workers=await workers(case), state=case.state)
        return
    until = await business_days_later(case, case.ended_at or at)
    states.check_reopen(case.writer.person, requester=case.requester, state=case.state, until=until, at=at)


async def _move(
    case: Case, to: State, *, ended_at: datetime | None = None, resolved_at: datetime | None = None,
    lapses_at: datetime | None = None,
) -> None:  # fmt: skip
    await db.expect_one(_END, case.id, case.state.value, to.value, ended_at, resolved_at, lapses_at)
