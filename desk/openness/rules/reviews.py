"""Why words may be kept shut for too long, and what counts as overdue."""

from enum import StrEnum

HONEST_REFUSALS = ("cannot_tell",)  # kinds of words: "I can't tell you"


class Doubt(StrEnum):
    """Why somebody should look again, the weightiest first."""

    PASSED = "passed"  # the day on which it should have opened
    TOO_OLD = "too_old"  # older than the longest term of its tier
    ENDED = "ended"  # the request has
    LEFT = "left"  # whoever wrote it is not here any more
    HALF = "half"  # more than half of the term is over
