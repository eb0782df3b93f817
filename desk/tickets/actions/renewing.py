"""A word that was given in a reply is to come later: its giver asks, the one it was given to says yes or no."""

from datetime import datetime

import msgspec

from desk.directory import queries as directory
from desk.i18n import Invalid, Refused, Sentence
from desk.sla.actions import renewals
from desk.sla.queries.promises import Owed, one_owed
from desk.sla.rules import renewals as rules
from desk.sla.rules.renewals import Word
from desk.tickets.queries.cases import Case
from desk.tickets.rules import words
from desk.tickets.rules.faults import gather


async def ask_renewal(case: Case, token: str, until: datetime, reason: str, *, at: datetime) -> None:
    """`token` names the promise. Nothing moves before the answer."""
    promise, exact = await _owed(case, token), until.replace(microsecond=0)
    speaks, faults = await _speaks(case, promise, at), dict[str, Sentence]()
    gather(faults, lambda: rules.check_ask(_word(promise), exact, speaks=speaks, at=at))
    why = gather(faults, lambda: words.line(reason, field="reason"))
    if faults or why is None:
        raise Invalid(faults)
    await renewals.ask(promise, exact, why, at=at)


async def agree(case: Case, token: str, until: datetime, said: str = "", *, at: datetime) -> None:
    """`until`: the time that was on the screen."""
    promise = await _owed(case, token)
    rules.check_answer(_word(promise), until, by=case.writer.person, at=at)
    await renewals.agree(promise, until, _sentence(said), at=at)


async def object_to(case: Case, token: str, until: datetime, said: str = "", *, at: datetime) -> None:
    promise = await _owed(case, token)
    rules.check_answer(_word(promise), until, by=case.writer.person, at=at)
    await renewals.refuse(promise, until, _sentence(said), at=at)


async def _owed(case: Case, token: str) -> Owed:
    promise = await one_owed(token)
    if promise is None or promise.ticket != case.id:
        raise Refused("sla.renewal_settled")
    return promise


async def _speaks(case: Case, promise: Owed, at: datetime) -> bool:
    giver = promise.person
    there = giver in await directory.handlers(case.department, at) and not await directory.absence(giver or 0, at)
    handles = case.actor.handles(case.department) and case.writer.person != case.requester
    return rules.speaks(case.writer.person, giver=giver, giver_there=there, handles=handles)


def _word(promise: Owed) -> Word:
    return msgspec.convert(promise, Word, from_attributes=True)


def _sentence(said: str) -> str:
    return words.line(said, field="said") if said.strip() else ""
