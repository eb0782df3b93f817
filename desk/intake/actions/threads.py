"""Which request a letter is about (spec mail, item 12), as far as whoever wrote it reads that request."""

from dataclasses import dataclass

from desk.intake.actions.speaking import marks, signer
from desk.intake.queries import requests
from desk.intake.queries.requests import Named
from desk.intake.rules import words
from desk.intake.rules.speakers import Speaker
from desk.mail.actions.work import Kept
from desk.mail.rules.letters import Letter

UNREAD = Named(0, note=True)  # what the writer may not read by now stays internal


@dataclass(frozen=True)
class Thread:
    """`sure`: only the desk can have told this, or somebody who takes part; `number` None: it is not readable."""

    number: int | None
    sure: bool
    answers: Named | None = None  # the words that the letter answers, where it names them

    @property
    def note(self) -> bool:
        return self.answers is not None and self.answers.note


def is_sure(kept: Kept, letter: Letter, earlier: int | None) -> bool:
    """Whether a letter answers another one that the desk has sent or taken, whoever wrote it."""
    own = map(signer().read_message_id, answered(letter))
    return earlier is not None or bool(marks(addressed(kept, letter))) or any(own)


async def find(kept: Kept, letter: Letter, speaker: Speaker, earlier: int | None) -> Thread | None:
    """`earlier`: what became of a letter that this one answers. None: it begins something new."""
    entries = [mark.what for one in answered(letter) if (mark := signer().read_message_id(one))]
    named = [found for entry in entries[:5] if (found := await requests.of_entry(entry))]
    newest = named[0] if named else None if not entries else UNREAD
    for mark in marks(addressed(kept, letter)):
        return Thread(mark.what, sure=True, answers=newest)
    if entries:
        return await _same(Thread(named[0].number if named else None, sure=True, answers=newest), letter)
    if earlier is not None:
        return await _same(Thread(await requests.number(earlier), sure=True), letter)
    return await _by_words(letter, speaker)


async def opened(kept: Kept, speaker: Speaker) -> Thread | None:
    """The request that said that this letter could not be read: now its words come after it."""
    number = await requests.number(kept.ticket) if kept.ticket else None
    if number and await requests.is_participant(number, speaker.person, by_rank=False):
        return Thread(number, sure=True)
    return None


def addressed(kept: Kept, letter: Letter) -> tuple[str, ...]:
    return (*kept.recipients, *letter.envelope.to, *letter.envelope.cc)


def answered(letter: Letter) -> list[str]:
    """In-Reply-To, then References, the newest first."""
    return list(dict.fromkeys((*letter.envelope.in_reply_to, *reversed(letter.envelope.refs))))


async def _same(thread: Thread, letter: Letter) -> Thread | None:
    """Who answers under another subject begins something new."""
    if thread.number is None:
        return thread
    title = await requests.title(thread.number)
    return thread if words.is_same_subject(letter.envelope.subject, title, thread.number) else None


async def _by_words(letter: Letter, speaker: Speaker) -> Thread | None:
    """A mark in what is quoted, then the number in the subject: both can be typed by anybody, so only from those who
    take part.
    """
    quoted = [mark.what for mark in marks(list(words.marks(letter.text, signer().address)))]
    typed = words.token(letter.envelope.subject)
    for number in [*quoted, *([typed] if typed else [])]:
        if await requests.is_participant(number, speaker.person, by_rank=speaker.verified):
            return Thread(number, sure=False)
    return None
