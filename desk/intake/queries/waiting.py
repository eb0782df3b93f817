"""Letters that wait for a person: facts about them, never their words."""

from datetime import datetime

from msgspec import Struct

from desk import db
from desk.i18n import Forbidden

MOST = 200
_WAITING = "select token, at, channel, address, state, outcome, fault, bytes, tries from letters_waiting($1)"

_ALONE = "select pg_advisory_xact_lock(hashtextextended('letters that wait', 17))"
_HELD = "select count(*) from (select from letters where state = 'held' limit 2) l"


class Waiting(Struct, frozen=True):
    """`outcome` says why it is held, `fault` more about it or why it is dead."""

    token: str
    at: datetime
    channel: str
    address: str | None
    state: str
    outcome: str | None
    fault: str | None
    bytes: int
    tries: int


async def waiting() -> list[Waiting]:
    """The newest first; of a very long list the newest 200. Raises Forbidden."""
    await check_sees()
    return [Waiting(*row) for row in await db.fetch(_WAITING, MOST)]


async def is_the_only_one() -> bool:
    """For the desk itself, of one that waits since this transaction. Of two at once the second waits for the first."""
    await db.fetch(_ALONE)
    count: int = await db.call(_HELD)
    return count == 1


async def check_sees() -> None:
    if not await db.call("select may_see_letters()"):
        raise Forbidden("intake.not_for_you")


async def may_take() -> bool:
    return bool(await db.call("select handles_any()"))
