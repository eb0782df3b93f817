"""What each figure means: a card for every one, with the version of its formula. The words stand in reports.cards.toml.

Whoever changes a formula raises its version and says so in `changed`.
"""

from datetime import date

from msgspec import Struct


class Card(Struct, frozen=True):
    """`since`: the day from which this version of the formula holds."""

    name: str
    version: int
    since: date


_FIRST = date(2026, 11, 29)
_KEPT = ("failures", "today", "causes", "kept", "spans", "same_day", "expectation", "renewal", "reopen", "backlog")
_FLOW = ("arrivals", "hours", "handovers", "to_and_fro", "hands", "sign_offs", "first_contact")
_DEPENDENCE = ("single_point", "one_requester", "mutual")
_TRENDS = ("trend_kept", "trend_same_day", "trend_failures", "forecast")
CARDS = tuple(Card(name, 1, _FIRST) for name in (*_KEPT, *_FLOW, *_DEPENDENCE, *_TRENDS))
MEANT = frozenset(card.name for card in CARDS)
