"""What moves locks and keys.

from desk.disclosure import actions as disclosure
await disclosure.transfer(17, 4)
"""

from desk.disclosure.actions.changes import lower, prolong, refuse, shut_further, unseal
from desk.disclosure.actions.countersigns import answer, ask_for
from desk.disclosure.actions.locks import end_grants, end_seals, involve, open_due, transfer
from desk.disclosure.actions.reading import day_of, note, tell_unusual
from desk.disclosure.actions.recusals import recuse

__all__ = [
    "answer",
    "ask_for",
    "day_of",
    "end_grants",
    "end_seals",
    "involve",
    "lower",
    "note",
    "open_due",
    "prolong",
    "recuse",
    "refuse",
    "shut_further",
    "tell_unusual",
    "transfer",
    "unseal",
]
