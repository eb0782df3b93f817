"""Who may read what, as far as it may be known.

from desk.disclosure import queries as disclosure
await disclosure.of_request(2081)
"""

from desk.disclosure.queries.markers import OF_UPDATES, beside, marker, of_request
from desk.disclosure.queries.portions import Portion, portion
from desk.disclosure.queries.readers import is_disputed, read_by
from desk.disclosure.queries.writers import WRITER, check_opens, label_of, writer, writer_in

__all__ = [
    "OF_UPDATES",
    "WRITER",
    "Portion",
    "beside",
    "check_opens",
    "is_disputed",
    "label_of",
    "marker",
    "of_request",
    "portion",
    "read_by",
    "writer",
    "writer_in",
]
