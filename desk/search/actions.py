"""Put words into the index: in the transaction that writes them.

from desk.search import actions as search
await search.put(locks.update(9001), ["the words"])
"""

from collections.abc import Iterable

from desk import db
from desk.search import rules

_PUT = "select search_put($1, $2::text::tsvector)"


async def put(portion: str, texts: Iterable[str]) -> None:
    """By whoever wrote them. When, where and for whom they can be found, the database reads from the portion itself."""
    await db.call(_PUT, portion, rules.index(texts))
