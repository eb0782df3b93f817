"""Tiers, labels, locks and keys as pure values (specs/disclosure.md)."""

from desk.disclosure.rules.labels import (
    DEFAULT_TERM,
    LONGEST_TERM,
    Label,
    Parties,
    Reason,
    Tier,
    Writer,
    check_may_shut,
    label,
    owner_for,
    read_reason,
    read_term,
    read_tier,
    under,
    usual_of_note,
)
from desk.disclosure.rules.locks import Keys, keys, locks, opens
from desk.disclosure.rules.markers import Marker

__all__ = [
    "DEFAULT_TERM",
    "LONGEST_TERM",
    "Keys",
    "Label",
    "Marker",
    "Parties",
    "Reason",
    "Tier",
    "Writer",
    "check_may_shut",
    "keys",
    "label",
    "locks",
    "opens",
    "owner_for",
    "read_reason",
    "read_term",
    "read_tier",
    "under",
    "usual_of_note",
]
