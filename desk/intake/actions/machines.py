"""Machines, also those that do not say so: what they write never reopens, resumes, answers or counts."""

from datetime import datetime

from desk.i18n import NotFound
from desk.intake.actions.holding import held
from desk.intake.actions.wording import plain
from desk.intake.queries import requests, seen
from desk.intake.rules import words
from desk.mail.actions.work import Became, Kept, Known
from desk.mail.rules.letters import Letter
from desk.tickets import actions as tickets
from desk.tickets.queries import cases
from desk.tickets.queries.cases import Case
from desk.tickets.rules.states import State

A_DAY = 40  # letters of one machine are set beside their requests; what is more is only kept
AN_HOUR = 3  # times the same words are taken from one address


async def reason(kept: Kept, letter: Letter, by: Known) -> str:
    """Why this is a machine's letter; empty for a person's, who may well thank four times an hour."""
    standing, said = letter.standing, (letter.new_text or letter.text).strip()
    if standing.is_auto or standing.is_feedback:
        return plain(standing.auto_reason) or "feedback-report"
    if not said or words.is_thanks(said):
        return ""
    often = await seen.repeated(by.author, by.said, at=kept.at, but=kept.id)
    return f"repeated: {often + 1} times in an hour" if often >= AN_HOUR else ""


async def set_aside(kept: Kept, number: int | None, why: str, *, full: bool, at: datetime) -> Became:
    """Beside its request, with the reason; without a request it waits for somebody to look."""
    if number is None:
        return held("automatic", why)
    if full:
        return Became(outcome="automatic", fault=why)
    case = await whole_case(number, at=at)
    name = why.partition(":")[0]  # of the header that gave it away: what follows may be anybody's words
    await tickets.set_aside(case, "automatic.eml", kept.content, at=max(at, await newest(case)), reason=name)
    return Became(outcome="automatic", fault=why, ticket=case.id)


async def whole_case(number: int, *, at: datetime) -> Case:
    """A request that was merged lives on in another one. Raises NotFound where that is not for the reader."""
    case = await cases.held(number, at=at)
    if case.state is not State.MERGED:
        return case
    survivor = await requests.survivor(case.id)
    if survivor is None:
        raise NotFound
    return await cases.held(survivor, at=at)


async def newest(case: Case) -> datetime:
    """Nothing is written before what it follows; filing was the first that happened."""
    found = await requests.newest(case.id)
    assert found is not None, "the entry of filing is as readable as the request"
    return found
