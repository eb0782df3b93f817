"""Work on letters that were kept, as nobody. Whatever follows commits with the new state of the letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk import db, queue
from desk.mail.rules import work as rules

_CLAIM = """
update letters set tries = tries + 1, next_at = $2
 where id = (select id from letters where state = 'kept' and next_at <= $1 order by next_at, id limit 1
                for update skip locked)
returning id, channel, sender, recipients, content, at, tries, fault, ticket, taken_by
"""
_HOLD_ROW = "select id from letters where id = $1 and state = 'kept' and tries = $2 for update skip locked"
_SETTLE = """
update letters set state = $2::text, outcome = $3, fault = $4, ticket = coalesce($5, ticket), of_update = $6, twin = $7,
                   message_id = $8, digest = $9, said = $10, author = $11,
                   taken_by = case when $2::text = 'held' then null else taken_by end
 where id = $1 and state = 'kept' returning id
"""
_FAILED = "update letters set next_at = $3, fault = $4 where id = $1 and state = 'kept' and tries = $2 returning id"
_DEAD = """
update letters set state = 'dead', fault = $2 where id = $1 and state = 'kept' returning id
"""
_REPLAY = """
update letters set state = 'kept', tries = 0, next_at = $2
 where case when $1::bigint is null then state = 'dead' else id = $1 and state in ('held', 'dead') end returning id
"""


class State(StrEnum):
    KEPT = "kept"
    DONE = "done"
    HELD = "held"  # until a person decides
    DEAD = "dead"


@dataclass(frozen=True)
class Kept:
    """A letter in the hands of this worker. `ticket`: a request that was opened for it when it could not be read."""

    id: int
    channel: str
    sender: str | None
    recipients: Sequence[str]
    content: bytes
    at: datetime
    tries: int
    fault: str | None
    ticket: int | None
    taken_by: int | None


@dataclass(frozen=True, kw_only=True)
class Known:
    """By what a letter is known again: `said` is a digest of its new words."""

    message_id: str
    digest: str
    said: str
    author: str


@dataclass(frozen=True, kw_only=True)
class Became:
    outcome: str
    state: State = State.DONE
    fault: str | None = None  # why it waits or was not counted, never words of the letter
    ticket: int | None = None
    update: int | None = None
    twin: int | None = None


async def claim(*, at: datetime) -> Kept | None:
    """The next one that is due. Whoever is killed with it in hand has used up a try."""
    row = await db.fetch_one(_CLAIM, at, at + rules.PATIENCE)
    return Kept(*row) if row else None


async def hold(kept: Kept) -> bool:
    """Until the transaction ends; False when another worker has it in hand by now, or is done with it."""
    return await db.call(_HOLD_ROW, kept.id, kept.tries) is not None


async def settle(kept: Kept, known: Known, became: Became) -> None:
    await db.expect_one(
        _SETTLE, kept.id, became.state.value, became.outcome, became.fault, became.ticket, became.update, became.twin,
        known.message_id, known.digest, known.said, known.author[:320],
    )  # fmt: skip


async def failed(kept: Kept, fault: str, *, at: datetime) -> None:
    """To be tried again, later and later."""
    await db.call(_FAILED, kept.id, kept.tries, at + rules.pause_after(kept.tries), fault)


async def bury(kept: Kept, fault: str) -> None:
    """Dead without a word to anybody: only where nothing else can be done."""
    await db.call(_DEAD, kept.id, fault)


async def replay(letter: int | None, *, at: datetime) -> int:
    """One that is held or dead, or all that are dead; returns how many."""
    rows = await db.fetch(_REPLAY, letter, at)
    if rows:
        db.after_commit("letters", queue.letters)
    return len(rows)
