"""What becomes of a letter: claimed by one worker, then sent, deferred, bounced or left. By the desk, as nobody."""

import secrets
from datetime import datetime

from msgspec import Struct

from desk import db
from desk.outbox.rules.delivery import LEASE, State, Verdict, later
from desk.queue import wake

_CLAIM = "select id, person, tries from claim_sendings($1, $2, $3)"
_BECAME = "select sending_became($1, $2, $3, $4, $5)"
_BOUNCE = "select bounce_sending($1, $2, $3, $4, $5)"
_DROP = "select drop_held($1, $2)"


class Claimed(Struct, frozen=True):
    id: int
    person: int
    tries: int


async def claim(*, at: datetime, at_most: int) -> list[Claimed]:
    """Due again after a while: whoever is killed before it is settled leaves it to the next, who sends it again."""
    return [Claimed(*row) for row in await db.fetch(_CLAIM, at, at + LEASE, at_most)]


async def settle(claimed: Claimed, verdict: Verdict, *, at: datetime) -> None:
    if verdict.state is State.BOUNCED:
        await bounce(claimed.id, permanent=verdict.refuses, fault=verdict.fault or "", at=at)
        return
    when = later(at, claimed.tries) if verdict.state is State.DEFERRED else None
    await db.call(_BECAME, claimed.id, verdict.state.value, when, verdict.fault, at)


async def bounce(sending: int, *, permanent: bool, fault: str, at: datetime) -> None:
    """Once for each letter. `permanent`: the address itself; then no more goes there."""
    await db.call(_BOUNCE, sending, permanent, fault[:64], secrets.token_urlsafe(16), at)
    db.after_commit("wake", wake)


async def drop_held(person: int, *, at: datetime) -> None:
    await db.call(_DROP, person, at)
