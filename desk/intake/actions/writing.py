"""A letter that goes on with a request: words under it, by whoever may write them there."""

from dataclasses import replace
from datetime import datetime

from desk.disclosure.rules import Tier
from desk.i18n import say
from desk.intake.actions.commanding import NotDone, obey
from desk.intake.actions.machines import newest, whole_case
from desk.intake.actions.threads import Thread
from desk.intake.actions.wording import Wording, wording
from desk.intake.rules import commands as rules
from desk.intake.rules import words
from desk.intake.rules.commands import Command
from desk.intake.rules.speakers import Speaker
from desk.mail.actions.work import Became
from desk.mail.rules.letters import Letter
from desk.tickets import actions as tickets
from desk.tickets.actions.ending import business_days_later
from desk.tickets.actions.files import Portion
from desk.tickets.actions.splitting import Draft
from desk.tickets.actions.updates import Shut, Written
from desk.tickets.queries import cases
from desk.tickets.queries.cases import Case
from desk.tickets.rules.states import ENDED, State


async def write(
    letter: Letter, content: bytes, who: Speaker, thread: Thread, *, at: datetime, refused: NotDone | None = None
) -> Became:
    """`refused`: a command of this letter, which could not be done."""
    assert thread.number is not None
    case = await whole_case(thread.number, at=at)
    at = max(at, await newest(case))
    told = wording(letter, content, who.language)
    if refused:
        told = told.and_line(_not_done(refused, who.language))
    if case.requester == who.person:
        return await _of_requester(case, told, who, at)
    serves = who.verified and case.actor.handles(case.department)
    commands, rest = rules.split(told.said) if serves else ([], told.said)
    if commands and refused is None:
        return await _commanded(case, commands, replace(told, said=rest, body=told.without(rest)), who, thread, at)
    kind, written = await _of_others(case, _body(told, who), who, _shut(case, thread, refused), at)
    return await _with_files(kind, case, written, told, at)


async def _commanded(
    case: Case, commands: list[Command], told: Wording, who: Speaker, thread: Thread, at: datetime
) -> Became:
    """The words below the commands come first: nothing is said after the end. Raises NotDone."""
    became = Became(outcome="command", ticket=case.id)
    if told.body or told.files:
        kind, written = await _of_others(case, _body(told, who), who, _shut(case, thread), at)
        became = await _with_files(kind, case, written, told, at)
    await obey(case.number, commands, at=at)
    return became


async def _of_others(case: Case, body: str, who: Speaker, note: Shut | None, at: datetime) -> tuple[str, Written]:
    """`note`: it stays internal, and how far."""
    if note:
        return "note", await tickets.note(case, body, note, at=at, unverified=not who.verified)
    if who.verified and case.actor.handles(case.department):
        return "reply", await tickets.reply(case, body, Shut(), at=at, answer=True)
    return "message", await tickets.message(case, body, Shut(), at=at, unverified=not who.verified)


async def _of_requester(case: Case, told: Wording, who: Speaker, at: datetime) -> Became:
    """Only "not yet" reopens; thanks owe nothing; what comes after the end is another request, linked to the first."""
    body, unverified = _body(told, who), not who.verified
    over = case.state in (State.RESOLVED, State.ACCEPTED, State.DECLINED)
    if over and words.is_not_yet(told.body) and await _reopens(case, at):
        await tickets.reopen(case, body, at=at, unverified=unverified)
        return await _beside("not_yet", await cases.held(case.number, at=at), told, at)
    if case.state is not State.WAITING and words.is_thanks(told.body, [who.name]):
        written = await tickets.thank(case, body, at=at, unverified=unverified)
        return await _with_files("thanks", case, written, told, at)
    if case.state in ENDED:
        return await _follow(case, told, unverified, at)
    written = await tickets.message(case, body, Shut(), at=at, unverified=unverified)
    return await _with_files("message", case, written, told, at)


async def _reopens(case: Case, at: datetime) -> bool:
    return case.ended_at is None or at <= await business_days_later(case, case.ended_at)


async def _follow(case: Case, told: Wording, unverified: bool, at: datetime) -> Became:
    draft = Draft(title=told.title, body=told.body, channel="mail", unverified=unverified)
    new = await cases.held(await tickets.follow(case, draft, at=at), at=at)
    return await _beside("request", new, told, at)


async def _beside(outcome: str, case: Case, told: Wording, at: datetime) -> Became:
    if told.files:
        await tickets.attach_to(case, told.files, at=at)
    return Became(outcome=outcome, ticket=case.id)


async def _with_files(outcome: str, case: Case, written: Written, told: Wording, at: datetime) -> Became:
    to = Portion(label=written.label, audience=written.audience, update=written.id)
    await tickets.attach(case.id, told.files, to, at=at)
    return Became(outcome=outcome, ticket=case.id, update=written.id)


def _shut(case: Case, thread: Thread, refused: NotDone | None = None) -> Shut | None:
    """An answer to what is not the requester's stays internal, whoever gives it, and no less shut than that."""
    answers = thread.answers
    if answers and answers.note and answers.tier > max(case.label.tier, Tier.DEPARTMENT):
        return Shut(answers.tier, answers.reason, answers.sentence)
    return Shut() if thread.note or refused else None


def _not_done(refused: NotDone, language: str) -> str:
    sentence = refused.refusal.sentence.say(language)
    return say(language, "intake.not_done", command=f"#{refused.command.verb.value}", why=sentence)


def _body(told: Wording, who: Speaker) -> str:
    return told.body or say(who.language, "intake.no_words")
