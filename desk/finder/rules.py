"""What is shown of the hits: sections, filters, counts that say no more than they must."""

from collections.abc import Iterable
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

    @property
    def kind(self) -> str:
        return UPDATES if self.update else REQUESTS


class Tally(Struct, frozen=True):
    """How many of the hits have one value of a filter."""

    filter: str
    value: str
    count: int


class Fitting(Struct, frozen=True):
    """How many hits fit, and the first of them."""

    count: int
    hits: list[Hit]


class Look(Struct, frozen=True):
    """What is found by one question. `lists`: what fits, by kind; `last`: the oldest hit, whether it fits or not."""

    total: int = 0
    last: Hit | None = None
    counts: list[Tally] = []
    lists: dict[str, Fitting] = {}


class Narrowed(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """To what somebody wants to see of it; "" is everything."""

    kind: str = ""
    department: str = ""
    state: str = ""
    month: str = ""


Facets = dict[str, list[tuple[str, str]]]
"""Name of a filter -> (value, count in words), the most frequent first; months the newest first."""
FILTERS = ("department", "state", "month")


def capped(count: int) -> str:
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


def facets(look: Look) -> Facets:
    return {name: _counted(name, look.counts) for name in ("kind", *FILTERS)}


def page(look: Look, kind: str, size: int) -> tuple[list[Hit], Hit | None]:
    """The first hits that fit, and the one after which the next page begins."""
    fitting = look.lists[kind].hits if kind in look.lists else []
    if len(fitting) > size:
        return fitting[:size], fitting[size - 1]
    return fitting, look.last if look.total >= LOOK else None


def count(look: Look, kind: str) -> str:
    """Of the hits that fit."""
    return capped(look.lists[kind].count if kind in look.lists else 0)


def _counted(name: str, counts: Iterable[Tally]) -> list[tuple[str, str]]:
    mine = [(one.value, one.count) for one in counts if one.filter == name]
    if name == "month":
        mine = sorted(mine, reverse=True)[:MOST_MONTHS]
    else:
        mine.sort(key=lambda pair: (-pair[1], pair[0]))
    return [(value, capped(many)) for value, many in mine]
