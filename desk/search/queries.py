"""What the index is asked beside its words, which whoever shows them asks together with them (desk/finder)."""

from collections import defaultdict
from datetime import datetime

from msgspec import Struct

from desk import db

_MISSING = "select portion, reader from search_missing($1)"


class Place(Struct, frozen=True):
    """Where a list of hits goes on."""

    at: datetime
    id: int


async def missing(*, at_most: int) -> dict[int, list[str]]:
    """As nobody: somebody who may read them -> words that the index does not have.

    Those that nobody in the company may read are left out: nobody could find them.
    """
    found: dict[int, list[str]] = defaultdict(list)
    for row in await db.fetch(_MISSING, at_most):
        found[row["reader"]].append(row["portion"])
    return found
