"""Write the journal: in the transaction of the change, together with the errand that makes the consequences follow."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from desk import db
from desk.journal.rules import Tag
from desk.queue import wake

_WRITE = """
with written as (insert into entries (tag, at, by, ticket, subject, data, audience)
                 values ($1, $2, $3, $4, $5, $6, $7) returning id)
insert into errands (entry, state, tries, next_at) select id, 'waiting', 0, $2 from written returning entry
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
        entry = await db.call(_WRITE, tag.value, at, by, ticket, subject, facts, list(audience))
    db.after_commit("wake", wake)
    return entry
