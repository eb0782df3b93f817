"""Letters that became words of a request, as far as the reader may look at them."""

from datetime import datetime

from msgspec import Struct

from desk import db

_LOOKS = "select id, token, at, author, own, ticket, of_update, tier from letters_looked_at($1)"
_ALL = f"{_LOOKS} order by id desc limit 100"
_ONE = f"{_LOOKS} where token = $2"
_CONTENT = "select content from letters where id = $1"


class Look(Struct, frozen=True):
    """`own`: the reader wrote it. `of_update` None: it became the request itself. `tier`: of its words."""

    id: int
    token: str
    at: datetime
    author: str
    own: bool
    ticket: int
    of_update: int | None
    tier: int


async def looks(number: int) -> list[Look]:
    """Newest first."""
    return [Look(*row) for row in await db.fetch(_ALL, number)]


async def one(number: int, token: str) -> Look | None:
    row = await db.fetch_one(_ONE, number, token)
    return row and Look(*row)


async def content(of: Look) -> bytes:
    """Its bytes, which the desk itself fetches: whoever asks was found to read what became of it."""
    return bytes(await db.call(_CONTENT, of.id))
