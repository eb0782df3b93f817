"""All that may be known of what may not be read."""

from dataclasses import dataclass
from datetime import date

from desk.disclosure.rules.labels import Reason, Tier


@dataclass(frozen=True, kw_only=True)
class Marker:
    """All that may be known of what may not be read."""

    tier: Tier
    owner_department: int
    day: date  # at tier 4 the first of the month
    reason: Reason | None
    opens_on: date | None  # at tier 4 as if it had been written on the month's last day
    raised_on: date | None = None  # shut further than before; at tier 4 the first of the month
    prolonged: int = 0  # how often its term was made longer
    sealed_until: date | None = None  # it was sealed, and is no more; at tier 4 the first of the month
