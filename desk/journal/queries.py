"""What the worker needs of an entry: ids and codes, whoever may read the entry."""

from datetime import datetime
from typing import Any

import msgspec
from asyncpg import Record
from msgspec import Struct

from desk import db
from desk.journal.rules import Head, Tag


class Fact(Struct, frozen=True, kw_only=True):
    entry: int
    tag: Tag
    at: datetime
    by: int | None
    ticket: int | None
    subject: str
    data: dict[str, Any]


_PENDING = "select f.* from errands join entry_facts($1) f on true where entry = $1 and state <> 'done'"


async def fact(entry: int) -> Fact:
    row = await db.fetch_one("select * from entry_facts($1)", entry)
    assert row is not None, f"entry {entry} is there for ever"
    return _fact(entry, row)


async def pending(entry: int) -> Fact | None:
    """None when everything has followed from it already."""
    row = await db.fetch_one(_PENDING, entry)
    return row and _fact(entry, row)


def _fact(entry: int, row: Record) -> Fact:
    return Fact(
        entry=entry, tag=Tag(row["tag"]), at=row["at"], by=row["by"], ticket=row["ticket"], subject=row["subject"],
        data=msgspec.json.decode(row["data"]),
    )  # fmt: skip


async def is_readable(entry: int) -> bool:
    """By the present reader."""
    return bool(await db.call("select exists (select from entries where id = $1)", entry))


async def newer(ticket: int, entry: int) -> bool:
    """Whether the present reader may read a later one of the ticket's entries."""
    found: bool = await db.call("select exists (select from entries where ticket = $1 and id > $2)", ticket, entry)
    return found


async def oldest_errand(now: datetime) -> float:
    """Seconds that the oldest errand has been due; 0 when none is. For `desk doctor`."""
    due = await db.call("select min(next_at) from errands where state in ('waiting', 'sent')")
    return max(0.0, (now - due).total_seconds()) if due else 0.0


async def dead_errands() -> int:
    count: int = await db.call("select count(*) from errands where state = 'dead'")
    return count


_VERIFIED = 50_000  # links of one question


class Broken(Struct, frozen=True):
    """A link that does not hold. `entry` None: the link itself is gone."""

    position: int
    entry: int | None


class Waiting(Struct, frozen=True):
    """Entries that are in no link yet."""

    many: int
    oldest: datetime | None


async def head() -> Head | None:
    """The last link of the chain."""
    row = await db.fetch_one("select * from chain_head()")
    return None if row is None or row["head_position"] is None else Head(row["head_position"], row["head_hash"])


async def holds(anchored: Head) -> bool:
    """Whether the chain still has this link."""
    found: bytes | None = await db.call("select chain_hash($1)", anchored.position)
    return found == anchored.hash


async def first_broken(until: int) -> Broken | None:
    for position in range(0, until, _VERIFIED):
        row = await db.fetch_one("select * from broken_link($1, $2)", position, _VERIFIED)
        if row is not None:
            return Broken(row["at_position"], row["of_entry"])
    return None


async def unchained() -> Waiting:
    row = await db.fetch_one("select * from unchained()")
    assert row is not None
    return Waiting(row["many"], row["oldest"])
