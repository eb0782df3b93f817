"""A letter that could not be read or understood: dead, and a request that says so. Never silence."""

from datetime import datetime

from desk.intake.actions.filing import file_unread
from desk.intake.actions.speaking import unproven
from desk.intake.queries import seen
from desk.intake.rules import identity
from desk.mail.actions import work
from desk.mail.actions.work import Became, Kept, Known, State
from desk.mail.rules import addresses

MOST = 2000  # bytes of From that are looked at


async def bury(kept: Kept, reason: str, fault: str, *, at: datetime) -> None:
    """`reason`: why, as people are told; `fault`: with figures and places. Its request is opened once."""
    author, ticket = _author(kept), kept.ticket
    message_id, digest = identity.of(kept.content or f"nothing of letter {kept.id}".encode())
    by = Known(message_id=message_id, digest=digest, said="", author=author)
    if twin := await seen.twin(message_id, digest, but=kept.id):
        await work.settle(kept, by, Became(outcome="double", twin=twin))
        return
    if ticket is None:
        ticket = await file_unread(kept, await unproven(author, at=at), reason, at=kept.at)
    await work.settle(kept, by, Became(outcome="unread", state=State.DEAD, fault=fault, ticket=ticket))


def _author(kept: Kept) -> str:
    """By a look at the headers that costs no more than their length."""
    fields, _ = identity.block(kept.content)
    found = addresses.parse(fields.first("from")[:MOST])
    return found[0].addr.lower().replace("\x00", "") if found else ""
