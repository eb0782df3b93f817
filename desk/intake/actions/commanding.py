"""What verified handlers command by letter. Each is the act of the page: it checks, writes and tells by itself."""

from datetime import datetime

from desk import db
from desk.directory import queries as directory
from desk.disclosure import actions as disclosure
from desk.disclosure import queries as labels
from desk.disclosure.rules.changes import Wish
from desk.i18n import Invalid, Refused, Sentence
from desk.intake.rules import commands as rules
from desk.intake.rules.commands import Command, Verb
from desk.sla.queries import clocks
from desk.tickets import actions as tickets
from desk.tickets.queries import cases
from desk.tickets.queries.cases import Case


class NotDone(Exception):
    """A command was refused. Nothing of the letter was done; its words become a note that says why."""

    def __init__(self, command: Command, refusal: Refused) -> None:
        self.command, self.refusal = command, refusal
        super().__init__(command.verb.value)


async def obey(number: int, commands: list[Command], *, at: datetime) -> None:
    """In the order in which they stand. Raises NotDone."""
    for command in commands:
        case = await cases.held(number, at=at)
        try:
            await _obey(case, command, at)
        except db.Lost:
            raise
        except Refused as refusal:
            raise NotDone(command, refusal) from None


async def _obey(case: Case, command: Command, at: datetime) -> None:
    match command.verb:
        case Verb.DONE:
            await tickets.resolve(case, command.rest, at=at)
        case Verb.TIER:
            await _move(case, command.rest, at)
        case Verb.HAND_OVER:
            await _hand_over(case, command.rest, at)


async def _move(case: Case, rest: str, at: datetime) -> None:
    """Of the request itself: further shut with its reason, or opened."""
    to, rest = rules.tier(rest)
    if to is None:
        raise Invalid({"tier": Sentence("intake.no_such_tier")})
    why, sentence = rules.reason(rest)
    portion = await labels.portion(case.number, "request", at=at)
    today = (await clocks.clock(portion.held.label.owner)).today(at)
    if to < case.label.tier:
        await disclosure.lower(portion, to, at=at, today=today)
    else:
        await disclosure.shut_further(portion, to, Wish(reason=why, sentence=sentence), at=at, today=today)


async def _hand_over(case: Case, rest: str, at: datetime) -> None:
    known: dict[str, str] = {}
    for one in await directory.departments():
        known |= dict.fromkeys((one.code, one.name_zh, one.name_en), one.code)
    code, reason = rules.department(rest, known)
    if code is None:
        raise Invalid({"department": Sentence("directory.no_such_department")})
    await tickets.hand_over(case, (await directory.department_called(code)).id, reason, at=at)
