"""Words that are older than the index come into it."""

from desk import db
from desk.finder import actions as finder
from desk.search import queries as search

PORTION = 500
ROUNDS = 4  # at once: `desk search index` does all there is


async def index_words() -> int:
    """Each as somebody who may read it. Returns how many."""
    done = 0
    for _ in range(ROUNDS):
        async with db.acting_as(db.NOBODY):
            missing = await search.missing(at_most=PORTION)
        for reader, portions in missing.items():
            async with db.acting_as(db.Reader(reader)):
                done += await finder.index(portions)
    return done
