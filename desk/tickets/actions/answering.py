"""Words under a request: replies of the desk, notes, questions, the requester's messages, corrections."""

from datetime import datetime

from desk import db
from desk.disclosure.queries import is_disputed, label_of
from desk.disclosure.rules import read_reason, usual_of_note
from desk.i18n import Forbidden, Invalid, Sentence
from desk.journal.rules import Tag
from desk.sla.actions import promises
from desk.sla.actions.promises import About, Sides
from desk.sla.queries.promises import owed
from desk.sla.rules import instants
from desk.sla.rules.kinds import REPLIES, Kind
from desk.sla.rules.pauses import REQUESTER
from desk.sla.rules.targets import Moment
from desk.tickets.actions import hops
from desk.tickets.actions.holding import take_silently
from desk.tickets.actions.updates import Shut, Words, Written, write
from desk.tickets.queries import cases, standards
from desk.tickets.queries.cases import Case
from desk.tickets.rules import states
from desk.tickets.rules import words as rules
from desk.tickets.rules.states import State
from desk.tickets.rules.words import Expectation

_FIRST_REPLY_OWED = """
select exists (select from promises where ticket = $1 and kind = 'first_reply' and settled_at is null)
"""


async def reply(
    case: Case, body: str, shut: Shut, *, at: datetime, expectation: Expectation | None = None, answer: bool = False
) -> Written:
    """The desk answers. It says by when the next word comes, or that this is the answer."""
    states.check_answer(case.actor, department=case.department, requester=case.requester, state=case.state)
    rules.check_word(expectation, answer, now=at)
    await take_silently(case, at=at)
    written = await write(case, Words("reply", rules.body(body)), shut, tag=Tag.REPLY_WRITTEN, at=at)
    await promises.keep(await owed(case.id, [*REPLIES, *([Kind.EXPECTATION] if answer else [])]), at=at)
    if expectation is not None:
        await _expect(case, written, expectation, at)
    return written


async def cannot_tell(case: Case, body: str, withheld: str | None, shut: Shut, *, at: datetime) -> Written:
    """ "I can't tell you": with a class of reason, and words or none. An honest answer: it keeps what is owed."""
    states.check_answer(case.actor, department=case.department, requester=case.requester, state=case.state)
    reason = read_reason(withheld, "withheld")
    if reason is None:
        raise Invalid({"withheld": Sentence("tickets.withheld_needed")})
    await take_silently(case, at=at)
    words = Words("cannot_tell", rules.details(body), withheld=reason.value)
    written = await write(case, words, shut, tag=Tag.REPLY_WRITTEN, at=at)
    await promises.keep(await owed(case.id, [*REPLIES, Kind.EXPECTATION]), at=at)
    return written


async def note(case: Case, body: str, shut: Shut, *, at: datetime, unverified: bool = False) -> Written:
    """Beside the conversation. Where nobody says who reads it, it stays with the departments involved."""
    states.check_message(case.actor, requester=case.requester, state=case.state)
    if case.writer.person == case.requester:
        raise Forbidden("tickets.no_note_to_oneself")
    if shut.tier is None and (usual := usual_of_note(case.label.tier, db.reader().cap)):
        tier, reason = usual
        shut = Shut(tier.value, shut.reason or reason.value, shut.sentence, shut.term)
    words = Words("note", rules.body(body), for_requester=False, unverified=unverified)
    return await write(case, words, shut, tag=Tag.NOTE_WRITTEN, at=at)


async def ask(case: Case, body: str, shut: Shut, *, at: datetime) -> Written:
    """A question to the requester is an answer too; until theirs comes, the resolution's clock stands still."""
    states.check_answer(case.actor, department=case.department, requester=case.requester, state=case.state)
    states.check_running(case.state)
    await take_silently(case, at=at)
    if case.state == State.OPEN:
        await change_state(case, State.WAITING)
    written = await write(case, Words("question", rules.body(body)), shut, tag=Tag.QUESTION_ASKED, at=at)
    await promises.keep(await owed(case.id, REPLIES), at=at)
    await promises.pause(await owed(case.id, [Kind.RESOLUTION]), REQUESTER, at=at)
    if case.state == State.OPEN:
        await hops.pass_on(case.id, department=None, at=at, audience=case.audience)
    return written


async def message(case: Case, body: str, shut: Shut, *, at: datetime, unverified: bool = False) -> Written:
    """Of the requester, or of a colleague who may read along. The requester's wakes the clock and wants an answer."""
    states.check_message(case.actor, requester=case.requester, state=case.state)
    words = Words("message", rules.body(body), unverified=unverified)
    written = await write(case, words, shut, tag=Tag.MESSAGE_WRITTEN, at=at)
    if case.writer.person == case.requester:
        await _heard(case, at)
    return written


async def thank(case: Case, body: str, *, at: datetime, unverified: bool = False) -> Written:
    """谢谢, thanks, ok: words that want no answer, also after the end. They wake no clock and owe nothing."""
    if case.writer.person != case.requester:
        states.check_message(case.actor, requester=case.requester, state=case.state)
    words = Words("message", rules.body(body), unverified=unverified)
    return await write(case, words, Shut(), tag=Tag.MESSAGE_WRITTEN, at=at)


async def correct(case: Case, token: str, body: str, why: str, *, at: datetime) -> Written:
    """ "I was wrong": the old words stay, struck through, under the new ones. Only whoever wrote them, under their
    label; whether anybody had objected before is written down with it.
    """
    row = await db.fetch_one(
        "select id, author, kind, for_requester, tier, owner_department, reason, sentence, opens_on, opens_to, day"
        "  from updates where token = $1 and ticket = $2 and corrects is null"
        "   and removed_at is null", token, case.id,
    )  # fmt: skip
    if row is None:
        raise Invalid({"token": Sentence("tickets.no_such_words")})
    if row["author"] != case.writer.person:
        raise Forbidden("tickets.only_author_corrects")
    text, reason = rules.body(body), rules.line(why, field="why")
    words = Words(
        "correction", text, for_requester=row["for_requester"], corrects=row["id"], why=reason,
        disputed=await is_disputed(row["id"], rules.OBJECTIONS),
    )  # fmt: skip
    return await write(case, words, label_of(row), tag=Tag.CORRECTION_WRITTEN, at=at)


async def change_state(case: Case, to: State) -> None:
    """Claimed with a condition: of two who act at once, the second is told."""
    await db.expect_one(
        "update tickets set state = $3 where id = $1 and state = $2 returning id", case.id, case.state.value, to.value
    )


async def owe_reply(case: Case, *, at: datetime) -> None:
    """Each message of the requester after the first reply is a cycle of its own; before it, the first reply is owed."""
    if await db.call(_FIRST_REPLY_OWED, case.id):
        return
    under = await standards.of_message(case)
    about = About(ticket=case.id, audience=case.audience)
    sides = Sides(department=case.department, person=case.handler, promisee=case.requester)
    clock, targets = await cases.clock(case), under.targets(Kind.NEXT_REPLY)
    await promises.give(targets, about, sides, started_at=at, at=at, under=under, clock=clock)


async def _heard(case: Case, at: datetime) -> None:
    if case.state == State.WAITING:
        await change_state(case, State.OPEN)
        await promises.resume(await owed(case.id, [Kind.RESOLUTION]), REQUESTER, at=at)
        await hops.pass_on(case.id, department=case.department, at=at, audience=case.audience)
    await owe_reply(case, at=at)


async def _expect(case: Case, written: Written, expectation: Expectation, at: datetime) -> None:
    """A word given in a reply is the writer's own and carries that reply's locks."""
    about = About(ticket=case.id, audience=written.audience, update=written.id)
    sides = Sides(department=case.department, person=case.writer.person, promisee=case.requester)
    target = Moment(at=instants.seconds(expectation.by))
    text = rules.line(expectation.text, field="expectation_text")
    given = {Kind.EXPECTATION: target}
    await promises.give(given, about, sides, started_at=at, at=at, what=text, clock=await cases.clock(case))
