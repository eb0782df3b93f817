"""Words that their giver may ask to move, and those of which somebody asks that."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from desk.sla.queries import renewals
from desk.sla.queries.promises import Told
from desk.sla.queries.renewals import Asked
from desk.sla.rules import renewals as rules
from desk.sla.rules.kinds import Kind
from desk.sla.rules.renewals import Word
from desk.tickets.queries.cases import Case
from desk.tickets.queries.portions import Colleague
from desk.tickets.routes.telling import Teller


class Move(Struct, frozen=True, kw_only=True):
    """`stage`: offered (the reader may ask), asked (the answer is awaited), yours (the reader answers)."""

    token: str
    stage: str
    text: str
    reason: str = ""
    until: str = ""  # ISO: what is asked for
    again: bool = False  # the superior will be told


def moves(promises: Sequence[Told], case: Case, colleagues: Sequence[Colleague] | None, by: Teller) -> list[Move]:
    found = []
    for promise in promises:
        if promise.kind != Kind.EXPECTATION or promise.settled_at or rules.is_over(_word(promise), by.times.now):
            continue
        if asked := renewals.asked(promise):
            found.append(_asked(promise, asked, case, by))
        elif _speaks(promise, case, colleagues or ()):
            found.append(_offered(promise, by))
    return found


def question(name: str, what: str | None, due: datetime, until: datetime, by: Teller) -> str:
    return by.say("move_question", name=name, what=what or "", due=by.when(due), until=by.when(until))


def _asked(promise: Told, asked: Asked, case: Case, by: Teller) -> Move:
    yours = promise.promisee == case.writer.person
    return Move(
        token=promise.token,
        stage="yours" if yours else "asked",
        text=question(asked.name, promise.what, promise.due_at, asked.until, by)
        if yours
        else by.say("move_asked", name=asked.name, to=promise.promisee_name, until=by.when(asked.until)),
        reason=by.say("event_reason", reason=asked.words).strip(),
        until=by.times.iso(asked.until),
    )


def _offered(promise: Told, by: Teller) -> Move:
    moved = renewals.moved(promise)
    again = rules.tells_superior((moved.times if moved else 0) + 1)
    return Move(
        token=promise.token, stage="offered", text=by.due_by(promise.kind, promise.due_at, promise.what), again=again
    )


def _speaks(promise: Told, case: Case, colleagues: Sequence[Colleague]) -> bool:
    me, giver = case.writer.person, promise.person
    there = any(one.id == giver and not one.away for one in colleagues)
    handles = case.actor.handles(case.department) and me != case.requester
    return rules.speaks(me, giver=giver, giver_there=there, handles=handles)


def _word(promise: Told) -> Word:
    return msgspec.convert(promise, Word, from_attributes=True)
