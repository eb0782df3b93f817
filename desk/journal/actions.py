"""Write the journal: in the transaction of the change, together with the errand that makes the consequences follow."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from desk import db, queue, settings, store
from desk.journal import rules
from desk.journal.rules import Head, Tag

_WRITE = """
with written as (insert into entries (tag, at, by, ticket, subject, data, audience)
                 values ($1, $2, $3, $4, $5, $6, $7) returning id)
insert into errands (entry, state, tries, next_at) select id, 'waiting', 0, $8 from written returning entry
"""
_WRITE_AS_OPERATOR = "select operator_entry($1, $2, $3, $4, $5)"


async def write(
    tag: Tag, subject: str, *, at: datetime, audience: Sequence[str], ticket: int | None = None, **data: Any
) -> int:
    """One entry about `subject` (ticket:17, update:9001, person:4), locked like it. Returns the entry's id."""
    by = db.reader().person
    facts = msgspec.json.encode(data).decode()
    if by is None and ticket is None:
        entry: int = await db.call(_WRITE_AS_OPERATOR, tag.value, at, subject, facts, list(audience))
    else:
        due = at + rules.HEAD_START
        entry = await db.call(_WRITE, tag.value, at, by, ticket, subject, facts, list(audience), due)
    db.after_commit("errands", _Errands()).written.append(entry)
    return entry


class _Errands:
    """What this transaction wrote goes to the executor without waiting for the relay."""

    def __init__(self) -> None:
        self.written: list[int] = []

    async def __call__(self) -> None:
        await queue.react(self.written[: rules.AT_ONCE])


_CLAIM = """
update errands set state = 'sent', tries = least(tries + 1, 1000), next_at = $2
 where entry in (select entry from errands where state in ('waiting', 'sent') and next_at <= $1
                  order by entry limit $3 for update skip locked) returning entry, tries
"""
_DONE = "update errands set state = 'done', fault = null where entry = $1 and state <> 'done'"
_WAIT = (
    "update errands set state = 'waiting', tries = 0, next_at = $2, fault = null where entry = $1 and state <> 'done'"
)
_FAILED = """
update errands set state = case when tries >= $2 then 'dead' else 'waiting' end, next_at = $3, fault = $4
 where entry = $1 and state <> 'done'
"""


async def claim(*, at: datetime, at_most: int) -> list[tuple[int, int]]:
    """(entry, try) of what is due; each is due again after a while unless it is done by then."""
    rows = await db.fetch(_CLAIM, at, at + rules.PATIENCE, at_most)
    return [(row["entry"], row["tries"]) for row in rows]


async def done(entry: int) -> None:
    await db.call(_DONE, entry)


async def wait(entry: int, *, until: datetime) -> None:
    """What may follow only later follows then, however long that is; waiting is no try."""
    await db.call(_WAIT, entry, until)


async def failed(entry: int, fault: str, *, tries: int, at: datetime) -> None:
    """Tried again later and later; after the last try it lies dead until somebody looks (`desk doctor`)."""
    await db.call(_FAILED, entry, rules.TRIES, at + rules.pause_after(tries), fault)


ANCHOR = "journal-anchor"  # where the store keeps it


async def chain(*, at: datetime, at_most: int) -> int:
    """Chain what is committed and in no link yet. Returns how many; 0 too when another sealer is at it."""
    chained: int = await db.call("select chain_entries($1, $2)", at, at_most)
    return chained


async def anchored() -> Head | None:
    """The head that the store knows. None when it knows none that this desk wrote."""
    content = await store.find(ANCHOR)
    return None if content is None else rules.read_anchor(content, settings.current().secret)


async def set_anchor(head: Head) -> None:
    await store.put(ANCHOR, rules.anchor(head, settings.current().secret))
