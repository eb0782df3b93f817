"""What is shown of the hits: sections, filters, counts that say no more than they must."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct

LOOK = 2000  # readable hits that counts and filters are about
MOST_COUNTED = 50
MOST_MONTHS = 12
REQUESTS, UPDATES, SERVICES, PEOPLE = "requests", "updates", "services", "people"
KINDS = (REQUESTS, UPDATES, SERVICES, PEOPLE)


class Hit(Struct, frozen=True):
    """One portion that the reader reads. `row`: the id of the request or of the update."""

    place: int
    at: datetime
    row: int
    update: bool
    department: str
    state: str
    month: str

    @property
    def kind(self) -> str:
        return UPDATES if self.update else REQUESTS


class Narrowed(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """To what somebody wants to see of it; "" is everything."""

    kind: str = ""
    department: str = ""
    state: str = ""
    month: str = ""

    def fits(self, hit: Hit) -> bool:
        return (
            self.kind in ("", hit.kind)
            and self.department in ("", hit.department)
            and self.state in ("", hit.state)
            and self.month in ("", hit.month)
        )


Facets = dict[str, list[tuple[str, str]]]
"""Name of a filter -> (value, count in words), the most frequent first; months the newest first."""
FILTERS = ("department", "state", "month")


def capped(count: int) -> str:
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


def facets(hits: Sequence[Hit]) -> Facets:
    return {name: _counted(name, (getattr(hit, name) for hit in hits)) for name in ("kind", *FILTERS)}


def count(hits: Sequence[Hit], narrowed: Narrowed) -> str:
    """Of the hits that fit."""
    return capped(sum(map(narrowed.fits, hits)))


def page(hits: Sequence[Hit], narrowed: Narrowed, size: int) -> tuple[list[Hit], Hit | None]:
    """The first hits that fit, and the one after which the next page begins."""
    fitting = [hit for hit in hits if narrowed.fits(hit)]
    if len(fitting) > size:
        return fitting[:size], fitting[size - 1]
    return fitting, hits[-1] if len(hits) >= LOOK else None


def _counted(name: str, values: Iterable[str]) -> list[tuple[str, str]]:
    counts = Counter(values)
    if name == "month":
        return [(month, capped(counts[month])) for month in sorted(counts, reverse=True)[:MOST_MONTHS]]
    return [(value, capped(count)) for value, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
