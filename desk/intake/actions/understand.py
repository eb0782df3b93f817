"""What becomes of a letter: decided once, in the transaction that says so."""

from datetime import datetime

from desk import db, settings
from desk.intake.actions import bounces, machines, threads
from desk.intake.actions.commanding import NotDone
from desk.intake.actions.copying import copy
from desk.intake.actions.filing import file, file_for
from desk.intake.actions.holding import held
from desk.intake.actions.speaking import marks, reader, speaker
from desk.intake.actions.writing import write
from desk.intake.queries import requests, seen
from desk.intake.rules import identity, places, words
from desk.intake.rules.speakers import Speaker
from desk.intake.rules.times import came_at
from desk.mail.actions.work import Became, Kept, Known, State
from desk.mail.rules.letters import Letter


def known(kept: Kept, letter: Letter) -> Known:
    """By what this letter is known again."""
    message_id, digest = identity.of(kept.content)
    author = letter.envelope.from_addr.lower().replace("\x00", "")
    subject = "" if letter.envelope.refs else letter.envelope.subject
    said = words.said(letter.new_text or letter.text, subject)
    return Known(message_id=message_id, digest=digest, said=said, author=author)


async def understand(kept: Kept, letter: Letter, by: Known, refused: NotDone | None = None) -> Became:
    """Raises Refused where the desk would refuse the same on a page, NotDone for a command; then it is asked again."""
    at = came_at(letter.envelope.received, kept.at)
    if twin := await seen.twin(by.message_id, by.digest, but=kept.id):
        return Became(outcome="double", twin=twin)
    if bounces.is_report(kept, letter):
        return await bounces.note(kept, letter, at=at)
    if places.is_own(letter.envelope.from_addr, settings.current().mail_address):
        return held("own")
    if kept.taken_by is not None:
        return await file_for(kept.taken_by, kept, letter, at=at)
    became = await _heard(kept, letter, by, at, refused)
    if became.state is State.DONE and became.ticket and became.outcome != "automatic":
        await copy(letter.envelope, became.ticket, at=at)
    return became


async def _heard(kept: Kept, letter: Letter, by: Known, at: datetime, refused: NotDone | None) -> Became:
    invited = {mark.person for mark in marks(threads.addressed(kept, letter))}
    who = await speaker(letter.envelope, invited, at=at)
    earlier = await seen.ticket(threads.answered(letter))
    machine = await machines.reason(kept, letter, by)
    full = bool(machine) and await seen.automatic(by.author, at=kept.at, but=kept.id) >= machines.A_DAY
    if who is None:
        sure = threads.is_sure(kept, letter, earlier)
        return held("automatic", machine) if machine else held("stranger" if sure else "unknown")
    async with db.speaking_for(reader(who)):
        thread = await threads.find(kept, letter, who, earlier) or await threads.opened(kept, who)
        if thread and not (who.person in invited or await _takes_part(thread, who)):
            return held("automatic", machine) if machine else held("stranger")
        if machine:
            number = thread.number if thread else None
            return await machines.set_aside(kept, number, machine, full=full, at=at)
        if thread and thread.number is not None:
            return await write(letter, kept.content, who, thread, at=at, refused=refused)
        return held("guest") if who.guest else await file(kept, letter, who, at=at)


async def _takes_part(thread: threads.Thread, who: Speaker) -> bool:
    number = thread.number
    return number is not None and await requests.is_participant(number, who.person, by_rank=who.verified)
