"""Keep a letter: in the transaction after which the channel may say that it was taken.

from desk.mail.actions import letters
await letters.keep(letters.Arrived("smtp", content, sender="lin@example.com", recipients=["desk@example.com"]), at=now)
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from desk import db, queue

_KEEP = """
insert into letters (channel, uidvalidity, uid, sender, recipients, content, at, state, tries, next_at, fault, audience)
values ($1, $2, $3, $4, $5, $6, $7, 'kept', 0, $7, $8, '{}')
on conflict (channel, uidvalidity, uid) do nothing returning id
"""


@dataclass(frozen=True)
class Arrived:
    channel: str
    content: bytes
    sender: str | None = None
    recipients: Sequence[str] = field(default=())
    uidvalidity: int | None = None
    uid: int | None = None


async def keep(arrived: Arrived, *, at: datetime, fault: str | None = None) -> int | None:
    """The letter's id; None when this place of the mailbox was kept before. By the desk itself, as nobody.
    With a fault nobody could take the whole of it (`rules.work.left_behind`): the worker opens a request that says so.
    """
    kept: int | None = await db.call(
        _KEEP, arrived.channel, arrived.uidvalidity, arrived.uid, arrived.sender and arrived.sender[:320],
        list(arrived.recipients), arrived.content, at, fault,
    )  # fmt: skip
    if kept is not None:
        db.after_commit("letters", queue.letters)
    return kept
