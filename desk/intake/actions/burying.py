"""A letter that could not be read or understood: dead, and a request that says so. Never silence."""

from datetime import datetime

from desk.intake.actions.filing import file_unread
from desk.intake.actions.speaking import unproven
from desk.intake.rules import identity
from desk.mail.actions import work
from desk.mail.actions.work import Kept
from desk.mail.rules import addresses

MOST = 2000  # bytes of From that are looked at


async def bury(kept: Kept, reason: str, fault: str, *, at: datetime) -> None:
    """`reason`: why, as people are told; `fault`: with figures and places. Its request is opened once."""
    author = _author(kept)
    ticket = kept.ticket
    if ticket is None:
        ticket = await file_unread(kept, await unproven(author, at=at), reason, at=kept.at)
    await work.bury(kept, fault, ticket=ticket, author=author)


def _author(kept: Kept) -> str:
    """By a look at the headers that costs no more than their length."""
    fields, _ = identity.block(kept.content)
    found = addresses.parse(fields.first("from")[:MOST])
    return found[0].addr.lower().replace("\x00", "") if found else ""
