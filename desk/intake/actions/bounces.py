"""What was sent to somebody did not arrive: told to whoever sent it, by the journal."""

from datetime import datetime

from desk import locks
from desk.intake.actions.speaking import signer
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.mail.actions.work import Became, Kept
from desk.mail.rules.letters import Letter


def is_report(kept: Kept, letter: Letter) -> bool:
    """An answer of a person to the address that reports come to is none."""
    machine = letter.standing.is_bounce or letter.standing.is_auto or kept.sender == ""
    return letter.standing.is_bounce or (machine and any(map(signer().read_bounce_address, kept.recipients)))


async def note(kept: Kept, letter: Letter, *, at: datetime) -> Became:
    """By the envelope's own mark first, which nobody else can have made; then by the letter that came back."""
    standing = letter.standing
    facts = {"permanent": standing.is_bounce and not standing.delayed, "delayed": standing.delayed}
    addressed = [*kept.recipients, *letter.envelope.to]
    marks = [mark for one in addressed if (mark := signer().read_bounce_address(one))]
    for mark in marks[:1]:
        await _write(f"sending:{mark.what}", mark.person, at, sending=mark.what, **facts)
        return Became(outcome="bounce")
    if known := signer().read_message_id(standing.bounced_id):
        await _write(f"entry:{known.what}", known.person, at, entry=known.what, **facts)
        return Became(outcome="bounce")
    return Became(outcome="bounce", fault="of nothing that was sent from here")


async def _write(subject: str, person: int, at: datetime, **facts: int | bool) -> None:
    own = [locks.person(person)]
    await journal.write(Tag.LETTER_BOUNCED, subject, at=at, audience=own, person=person, **facts)
