"""Who has viewed is written down when a page has been read and before it is sent."""

from datetime import datetime

from desk import db
from desk.disclosure import actions as disclosure
from desk.disclosure.rules.reading import Channel, Shown


async def note(reader: db.Reader, words: Shown, channel: Channel, *, at: datetime) -> None:
    """A small transaction of its own, after the reading one; none where all is of tiers 0 and 1. Raises Lost (409) when
    some of it may not be read any more, and Unavailable when it cannot be written: then the words are not sent.
    """
    if words:
        async with db.acting_as(reader):
            await disclosure.note(words, channel, at=at)
