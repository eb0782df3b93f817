"""Reading that the owner department's head should hear of the same day. Three reasons, each told with its figures."""

from dataclasses import dataclass
from enum import StrEnum

MANY = 20  # portions of one other department on one day
TIMES = 3  # as many as on the busiest of the thirty days before


class Why(StrEnum):
    GLASS = "glass"  # the glass was broken
    HOURS = "hours"  # a grant was used for the first time while the department is closed
    MANY = "many"


@dataclass(frozen=True, kw_only=True)
class Day:
    """What one person read of one other department today: portions, not pages; own words and requests left out.

    `usual`: the busiest of the thirty days before. `first_grant_in_hours`: None where no grant was used for the first
    time.
    """

    found: int
    usual: int
    glass: bool
    first_grant_in_hours: bool | None


def unusual(day: Day) -> list[Why]:
    """The reasons why this is told; mostly none. Erring on the side of few: nobody reads a list of false alarms."""
    reasons = []
    if day.glass:
        reasons.append(Why.GLASS)
    if day.first_grant_in_hours is False:
        reasons.append(Why.HOURS)
    if day.found > MANY and day.found > TIMES * day.usual:
        reasons.append(Why.MANY)
    return reasons
