"""One letter for what was not due today: as its reader reads it now, under an entry of its own."""

from collections.abc import Sequence
from datetime import datetime

from desk import db, locks, settings
from desk.directory import queries as directory
from desk.directory.queries import Person
from desk.i18n import say
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.outbox.actions import wording
from desk.outbox.actions.composing import in_html, signer
from desk.outbox.actions.wording import Matters
from desk.outbox.actions.writing import Draft, add
from desk.outbox.queries import due
from desk.outbox.queries import facts as of
from desk.outbox.queries.due import Held
from desk.outbox.queries.facts import About
from desk.outbox.rules.delivery import State
from desk.outbox.rules.envelopes import BadAddress, Envelope, compose
from desk.outbox.rules.said import Digest, Line, digest_text

_SAID = "update sendings set state = 'skipped', within = $2, fault = $3 where id = any ($1) and state = 'held'"


async def digest(*, at: datetime) -> None:
    """What the reader's held letters would have said. Two workers at once: the second finds nothing left."""
    held = await due.held(at)
    if not held:
        return
    to = await directory.person(db.reader().person or 0)
    content = None if await of.is_suspended(to.email) else await _letter(held, to, at)
    if content is None:
        await db.call(_SAID, [one.id for one in held], None, "address")
        return
    entry, letter = content
    own = About(ticket=None, subject=_own(to), audience=[locks.person(to.id)])
    draft = Draft(
        entry=entry, tag=Tag.DIGEST_MADE.value, about=own, address=to.email, state=State.QUEUED, next_at=at,
        content=letter, told=len(held),
    )  # fmt: skip
    await db.call(_SAID, [one.id for one in held], await add(draft, at=at), "digest")


async def _letter(held: Sequence[Held], to: Person, at: datetime) -> tuple[int, bytes] | None:
    """The entry that it is made under, and its bytes; None for an address that takes none."""
    found = [await wording.gathered(one.fact, one.about, to, at) for one in held]
    language = found[0].language
    told = Digest(
        language=language, greeting=found[0].say("greeting", name=to.name), often=wording.often(),
        lines=tuple(_line(m) for m in found),
    )  # fmt: skip
    subject = say(language, "outbox.digest_title", n=len(held))
    html = in_html("digest", language, digest=told, subject=subject, often=told.often)
    entry = await journal.write(Tag.DIGEST_MADE, _own(to), at=at, audience=[locks.person(to.id)])
    try:
        return entry, compose(_envelope(entry, to, language, subject, at), digest_text(told), html)
    except BadAddress:
        return None


def _line(m: Matters) -> Line:
    sentence = wording.sentence(m)
    if m.ticket is None:
        return Line(number=0, title=sentence, sentence="", link=wording.link(m))
    return Line(number=m.ticket["number"], title=wording.title(m), sentence=sentence, link=wording.link(m))


def _envelope(entry: int, to: Person, language: str, subject: str, at: datetime) -> Envelope:
    """An answer to it is about no request in particular: it begins one."""
    by, own = signer(), settings.current().mail_address
    return Envelope(
        message_id=by.message_id(entry, to.id), sender=(say(language, "outbox.the_desk"), own), to=(to.name, to.email),
        reply_to=None, subject=subject, at=at, instance=by.instance, machine=True,
    )  # fmt: skip


def _own(to: Person) -> str:
    return f"person:{to.id}"
