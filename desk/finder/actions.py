"""Put words into the index that it does not have."""

from collections.abc import Collection

from desk.finder import queries
from desk.search import actions as search


async def index(portions: Collection[str]) -> int:
    """As somebody who may read them. Returns how many they are."""
    found = await queries.texts(portions)
    for portion, texts in found.items():
        await search.put(portion, texts)
    return len(found)
