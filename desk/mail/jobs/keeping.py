from desk import clock, db
from desk.mail.actions import channels, letters
from desk.mail.actions.letters import Arrived
from desk.mail.rules.fetching import Fault


async def keep(arrived: Arrived, fault: str | None = None) -> None:
    """Returns after the commit: now the channel may say that the letter was taken. Unavailable when it was not."""
    async with db.acting_as(db.NOBODY):
        await letters.keep(arrived, at=clock.now(), fault=fault)


async def note_fault(channel: str, fault: Fault) -> None:
    async with db.acting_as(db.NOBODY):
        await channels.failed(channel, fault)
