"""Who has viewed is written down when a page has been read and before it is sent."""

from collections.abc import Hashable
from datetime import datetime

from desk import db
from desk.disclosure import actions as disclosure
from desk.disclosure.rules.reading import Channel, Shown

_MOST = 5000
_noted: dict[Hashable, None] = {}


async def note(reader: db.Reader, words: Shown, channel: Channel, *, at: datetime) -> None:
    """A small transaction of its own, after the reading one; none where all is of tiers 0 and 1, nor where this process
    has written down the same today. Raises Lost (409) when some of it may not be read any more, and Unavailable when it
    cannot be written: then the words are not sent.
    """
    if not words:
        return
    same = tuple(map(tuple, (words.tickets, words.updates, words.files)))
    of = (db.ENGINE.opened, reader.person, channel, disclosure.day_of(at), same)
    if of in _noted:
        return
    async with db.acting_as(reader):
        await disclosure.note(words, channel, at=at)
    if len(_noted) >= _MOST:
        _noted.clear()
    _noted[of] = None
