from desk import clock, db
from desk.mail.actions import letters
from desk.mail.actions.letters import Arrived


async def keep(arrived: Arrived) -> None:
    """Returns after the commit: now the channel may say that the letter was taken. Unavailable when it was not."""
    async with db.acting_as(db.NOBODY):
        await letters.keep(arrived, at=clock.now())
