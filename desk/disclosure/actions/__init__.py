"""What moves locks and keys.

from desk.disclosure import actions as disclosure
await disclosure.transfer(17, 4)
"""

from desk.disclosure.actions.locks import end_grants, involve, open_due, transfer
from desk.disclosure.actions.reading import day_of, note, tell_unusual

__all__ = ["day_of", "end_grants", "involve", "note", "open_due", "tell_unusual", "transfer"]
