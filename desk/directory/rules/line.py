"""The line of superiors: everybody has at most one, and nobody stands above themselves."""

from collections.abc import Collection, Mapping
from datetime import datetime

from desk.i18n import Refused

LONGEST_LINE = 30  # steps upward; deeper firms do not exist, and a broken one must not hang a page


def check_superior(person: int, superior: int, above: Collection[int]) -> None:
    """`above`: whoever will ever stand above `superior` from then on. Raises Refused when the person would stand above
    themselves at any instant.
    """
    if person == superior:
        raise Refused("directory.own_superior", field="superior")
    if person in above:
        raise Refused("directory.superior_cycle", field="superior")


def check_period(since: datetime, last: datetime | None) -> None:
    """A new period begins after the last one began (`last`), which it ends. Raises Refused."""
    if last is not None and since <= last:
        raise Refused("directory.period_too_early", field="since")


def cycles(superiors: Mapping[str, str]) -> set[str]:
    """Whoever stands above themselves in a whole firm (login -> login of the superior)."""
    found: set[str] = set()
    for start in superiors:
        above, seen = superiors.get(start), {start}
        while above is not None and above not in seen:
            seen.add(above)
            above = superiors.get(above)
        if above == start:
            found.add(start)
    return found
