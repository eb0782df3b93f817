"""What moves locks and keys.

from desk.disclosure import actions as disclosure
await disclosure.transfer(17, 4)
"""

from desk.disclosure.actions.changes import lower, prolong, refuse, say_cleaned, shut_further, unseal
from desk.disclosure.actions.countersigns import answer, ask_for
from desk.disclosure.actions.locks import end_grants, end_seals, involve, open_due, transfer
from desk.disclosure.actions.recusals import recuse

__all__ = [
    "answer",
    "ask_for",
    "end_grants",
    "end_seals",
    "involve",
    "lower",
    "open_due",
    "prolong",
    "recuse",
    "refuse",
    "say_cleaned",
    "shut_further",
    "transfer",
    "unseal",
]
