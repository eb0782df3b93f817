"""How letters arrive: what of a mailbox is kept already, and how each channel is."""

from collections.abc import Sequence

from desk import db
from desk.mail.rules.health import Channel
from desk.mail.rules.work import left_behind

_KEPT = "select uid, fault from letters where channel = $1 and uidvalidity = $2 and uid = any ($3)"
_VALIDITY = "select uidvalidity from channels where name = $1"
_CHANNELS = "select name, last_good_at, fault, waiting, dead, oldest from mail_channels()"


async def kept(channel: str, uidvalidity: int, uids: Sequence[int]) -> dict[int, bool]:
    """Of those that are kept, whether all of it is."""
    return {
        row["uid"]: left_behind(row["fault"]) is None for row in await db.fetch(_KEPT, channel, uidvalidity, list(uids))
    }


async def uidvalidity(channel: str) -> int | None:
    """The last one that was seen there."""
    known: int | None = await db.call(_VALIDITY, channel)
    return known


async def channels() -> list[Channel]:
    """For administrators, and for the desk itself."""
    return [Channel(*row) for row in await db.fetch(_CHANNELS)]
