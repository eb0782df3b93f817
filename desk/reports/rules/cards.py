"""What each figure means: a card for each, with the versions of its formula. The words stand in reports.cards.toml.

Whoever changes a formula adds the day to `versions`, and the words say what it is since: charts of it, and of what is
built on it, begin anew there.
"""

from datetime import date

from msgspec import Struct

_FIRST = date(2026, 11, 29)


class Card(Struct, frozen=True):
    """`versions`: from which day on each version of the formula holds, the first first; `of`: what it is built on."""

    name: str
    versions: tuple[date, ...] = (_FIRST,)
    of: tuple[str, ...] = ()

    @property
    def version(self) -> int:
        return len(self.versions)

    @property
    def since(self) -> date:
        return self.versions[-1]


class Changed(Struct, frozen=True):
    """From `day` on the formula of a card is that of `version`."""

    day: date
    card: str
    version: int


_KEPT = ("failures", "today", "causes", "kept", "spans", "same_day", "expectation", "renewal", "reopen", "backlog")
_FLOW = ("arrivals", "hours", "handovers", "to_and_fro", "hands", "sign_offs", "first_contact", "ended_otherwise")
_DEPENDENCE = ("single_point", "one_requester", "mutual")
CARDS: tuple[Card, ...] = (
    *(Card(name) for name in (*_KEPT, *_FLOW, *_DEPENDENCE)),
    Card("trend_kept", of=("kept",)),
    Card("trend_same_day", of=("same_day",)),
    Card("trend_failures", of=("failures",)),
    Card("forecast"),
)
MEANT = frozenset(card.name for card in CARDS)


def changed(name: str) -> list[Changed]:
    """Every change of a card, and of those that it is built on, by day."""
    built_on = next(card.of for card in CARDS if card.name == name)
    lot = [card for card in CARDS if card.name == name or card.name in built_on]
    found = [Changed(day, card.name, n) for card in lot for n, day in enumerate(card.versions, 1) if n > 1]
    return sorted(found, key=lambda one: one.day)
