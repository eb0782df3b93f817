"""Asking within a request: somebody above for a signature, another department for help; the requester's clock runs."""

from dataclasses import dataclass
from datetime import datetime

from desk import locks
from desk.directory import queries as directory
from desk.disclosure import actions as disclosure
from desk.i18n import Refused
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.sla.actions import promises
from desk.sla.actions.promises import About, Sides
from desk.sla.queries import olas
from desk.sla.rules.kinds import Kind, Standing
from desk.sla.rules.pauses import ASKER
from desk.sla.rules.targets import HalfDay
from desk.tickets.actions.updates import Shut, Words, Written, write
from desk.tickets.queries import asks as queries
from desk.tickets.queries.asks import Ask
from desk.tickets.queries.cases import Case, workers
from desk.tickets.queries.services import service_of
from desk.tickets.rules import asks as rules
from desk.tickets.rules import words as texts
from desk.tickets.rules.asks import CHAIN


@dataclass(frozen=True)
class _Chain:
    steps: list[str]
    asker: int
    signed: list[int]


async def ask_to_sign(case: Case, step: str, body: str, shut: Shut, *, at: datetime) -> Written:
    """Of the next one who may sign: by the service's chain, or a step of the line. Half a day to answer."""
    rules.check_may_ask(case.actor, department=case.department, state=case.state, tier=case.label.tier)
    steps = await _steps(case, step)
    approver = await _next(case, _Chain(steps, case.writer.person, []), at)
    if approver is None:
        raise Refused("tickets.nobody_signs", field="to")
    words = Words("ask", texts.body(body), for_requester=False)
    written = await write(case, words, shut, tag=Tag.SIGN_OFF_ASKED, at=at, recipient=approver)
    audience = await _give_sign_off(case, written.id, approver, case.writer.person, at)
    return Written(id=written.id, token=written.token, label=written.label, audience=audience)


async def ask_department(case: Case, to: int, body: str, shut: Shut, *, at: datetime) -> Written:
    """Of another department, by what the two have agreed on, else the same day."""
    rules.check_may_ask(case.actor, department=case.department, state=case.state, tier=case.label.tier)
    rules.check_asked_department(to, holding=case.department)
    if (await directory.department(to)).closed_at is not None:
        raise Refused("tickets.department_closed", field="to")
    words = Words("ask", texts.body(body), for_requester=False)
    written = await write(case, words, shut, tag=Tag.DEPARTMENT_ASKED, at=at, asked=to)
    shut_to = max(written.label.tier, case.label.tier)
    audience = await disclosure.involve(
        case.id, written.id, locks.handlers(to) if shut_to >= 3 else locks.department(to)
    )
    about, sides = About(ticket=case.id, audience=audience, update=written.id), Sides(to, None, case.writer.person)
    await promises.give({Kind.OLA: await olas.target(case.department, to)}, about, sides, started_at=at, at=at)
    return Written(id=written.id, token=written.token, label=written.label, audience=audience)


async def sign(case: Case, token: str, said: str, *, at: datetime) -> Written:
    """The next of the chain is asked at once; after the last one it is signed."""
    ask = await _for_approver(case, token, at)
    steps = await _steps(case, CHAIN) if (await service_of(case.service)).approvers else []
    written = await _settle(case, ask, ("signed", texts.details(said)), Tag.SIGNED, at)
    signed = [*ask.signed, case.writer.person]
    approver = await _next(case, _Chain(steps[len(signed) :], ask.author, signed), at)
    if approver is not None:
        audience = await _give_sign_off(case, ask.id, approver, ask.author, at)
        await journal.write(
            Tag.SIGN_OFF_PASSED_ON,
            f"update:{ask.id}",
            at=at,
            audience=audience,
            ticket=case.id,
            recipient=approver,
        )
    return written


async def refuse(case: Case, token: str, reason: str, *, at: datetime) -> Written:
    """With a reason: an answer too, and the end of this ask."""
    ask = await _for_approver(case, token, at)
    return await _settle(case, ask, ("refused", texts.body(reason, field="text")), Tag.SIGN_OFF_REFUSED, at)


async def answer(case: Case, token: str, body: str, *, at: datetime) -> Written:
    """The department that was asked answers; or whoever asked answers what was asked back, and the clock goes on."""
    ask = await queries.ask_called(case, token)
    said = ("answer", texts.body(body, field="text"))
    if ask.promise.state is Standing.PAUSED and case.actor.handles(case.department):
        await promises.resume([ask.promise], ASKER, at=at)
        return await write(case, _under(ask, *said), ask.label, tag=Tag.ASK_ANSWERED, at=at, **_asked(ask))
    rules.check_kind(ask.promise.kind, Kind.OLA)
    rules.check_may_answer(case.actor, asked=ask.promise.department, requester=case.requester)
    return await _settle(case, ask, said, Tag.ASK_ANSWERED, at)


async def ask_back(case: Case, token: str, question: str, *, at: datetime) -> Written:
    """A formal question to whoever asked: until they answer, the clock of what was asked stands still."""
    ask = await queries.ask_called(case, token)
    await _check_asked(case, ask, at)
    if ask.promise.state is Standing.PAUSED:
        raise Refused("tickets.asked_back_already")
    words = _under(ask, "back", texts.body(question, field="text"))
    await promises.pause([ask.promise], ASKER, at=at)
    return await write(case, words, ask.label, tag=Tag.ASKED_BACK, at=at, recipient=ask.author)


async def recall(case: Case, token: str, *, at: datetime) -> None:
    """Whoever holds the request needs it no more; a promise that is broken by now stays broken."""
    ask = await queries.ask_called(case, token)
    rules.check_may_ask(case.actor, department=case.department, state=case.state, tier=case.label.tier)
    await promises.withdraw([ask.promise], at=at)
    await journal.write(
        Tag.ASK_RECALLED, f"update:{ask.id}", at=at, audience=ask.promise.audience, ticket=case.id, **_asked(ask)
    )


async def _settle(case: Case, ask: Ask, said: tuple[str, str], tag: Tag, at: datetime) -> Written:
    """`said`: kind and body."""
    written = await write(case, _under(ask, *said), ask.label, tag=tag, at=at, recipient=ask.author)
    await promises.keep([ask.promise], at=at)
    return written


def _under(ask: Ask, kind: str, body: str) -> Words:
    """Words that answer an ask go to whom the ask went."""
    return Words(kind, body, for_requester=False, ask=ask.id, asked=ask.asked)


def _asked(ask: Ask) -> dict[str, int]:
    """Whom the journal names: the approver, or the department."""
    person = ask.promise.person
    return {"asked": ask.promise.department} if person is None else {"recipient": person}


async def _give_sign_off(case: Case, words: int, approver: int, asker: int, at: datetime) -> list[str]:
    """Returns the locks that the ask has then."""
    audience = await disclosure.involve(case.id, words, locks.person(approver))
    department = (await directory.person(approver)).department
    about = About(ticket=case.id, audience=audience, update=words)
    await promises.give({Kind.SIGN_OFF: HalfDay()}, about, Sides(department, approver, asker), started_at=at, at=at)
    return audience


async def _steps(case: Case, step: str) -> list[str]:
    """Where the service names a chain, it is followed; else one step of the line is asked."""
    chain = list((await service_of(case.service)).approvers)
    return chain or [step]


async def _next(case: Case, chain: _Chain, at: datetime) -> int | None:
    """The first step for which somebody can be found who has not signed yet."""
    never = {case.requester, chain.asker, *await workers(case)}
    for step in chain.steps:
        found = rules.approver(await queries.line(step, case, chain.asker, at), never)
        if found is not None and found not in chain.signed:
            return found
    return None


async def _for_approver(case: Case, token: str, at: datetime) -> Ask:
    ask = await queries.ask_called(case, token)
    rules.check_kind(ask.promise.kind, Kind.SIGN_OFF)
    await _check_asked(case, ask, at)
    return ask


async def _check_asked(case: Case, ask: Ask, at: datetime) -> None:
    if ask.promise.kind is Kind.OLA:
        rules.check_may_answer(case.actor, asked=ask.promise.department, requester=case.requester)
        return
    never = {case.requester, ask.author, *await workers(case)}
    rules.check_may_sign(await queries.signers(ask.promise.person, at), case.writer.person, never=never)
