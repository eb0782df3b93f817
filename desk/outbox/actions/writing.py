"""Write a letter: in a transaction of its recipient, so that it says what they read; once for each entry and person."""

import secrets
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from desk import db, settings
from desk.disclosure import actions as disclosure
from desk.disclosure.rules.reading import Channel
from desk.journal.queries import Fact
from desk.outbox.actions.composing import letter, signer
from desk.outbox.actions.wording import Matters, matters
from desk.outbox.queries import facts as of
from desk.outbox.queries.facts import About, Gathered
from desk.outbox.rules.delivery import State
from desk.outbox.rules.envelopes import BadAddress
from desk.outbox.rules.matters import CAP, USUAL, Matter, Pace, next_digest, pace
from desk.queue import sendings

_ADD = """
insert into sendings (token, entry, person, ticket, subject, tag, address, message_id, state, tries, next_at, fault, content, told, at, audience)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11, $12, $13, $14, $15) on conflict (entry, person) do nothing returning id
"""  # noqa: E501


class Draft(Struct, frozen=True, kw_only=True):
    """A row that is about to be written."""

    entry: int
    tag: str
    about: About
    address: str
    state: State
    next_at: datetime
    fault: str | None = None
    content: bytes | None = None
    told: int = 1


async def write(fact: Fact, matter: Matter, *, at: datetime) -> None:
    """For the reader, if they were told. Twice does no harm: what was written first stays."""
    found = await of.gather(fact, matter, at=at)
    if found.written or (about := found.about) is None:
        return
    m = matters(fact, found, at)
    if m.misses(about):
        return
    state, fault = _begins(m, found, matter)
    draft = Draft(
        entry=fact.entry, tag=fact.tag.value, about=about, address=m.to.email, state=state, fault=fault,
        next_at=next_digest(at, m.zone) if state is State.HELD else at,
    )  # fmt: skip
    await add(await _written(draft, m) if state is State.QUEUED else draft, at=at)


async def _written(draft: Draft, m: Matters) -> Draft:
    """What is of tier 2 is written down as read before it can leave: no log, no words."""
    try:
        content = await letter(m)
    except BadAddress:
        return replace(draft, state=State.SKIPPED, fault="address")
    if m.carries and m.shut:
        await disclosure.note(m.shut, Channel.MAIL, at=m.at)
    return replace(draft, content=content)


async def add(draft: Draft, *, at: datetime) -> int | None:
    """The row's id; None when there is one already."""
    me = db.reader().person or 0
    written: int | None = await db.call(
        _ADD, secrets.token_urlsafe(16), draft.entry, me, draft.about.ticket, draft.about.subject, draft.tag,
        draft.address, signer().message_id(draft.entry, me), draft.state.value, draft.next_at, draft.fault,
        draft.content, draft.told, at, draft.about.audience,
    )  # fmt: skip
    if written is not None and draft.state is State.QUEUED and settings.current().smtp_url:
        db.after_commit("sendings", sendings)
    return written


def _begins(m: Matters, found: Gathered, matter: Matter) -> tuple[State, str | None]:
    """How a letter begins, and why it does not."""
    if found.suspended:
        return State.SKIPPED, "suspended"
    if m.acknowledges:
        return (State.SKIPPED, "capped") if found.acknowledged >= CAP else (State.QUEUED, None)
    if found.said:
        return State.SKIPPED, "said"
    match pace(found.pace or USUAL[matter], found.due, m.at, m.zone):
        case Pace.NOW:
            return State.QUEUED, None
        case Pace.DIGEST:
            return State.HELD, None
        case _:
            return State.SKIPPED, "unwanted"
