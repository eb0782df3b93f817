"""A field with one sign for each promise: crosses for those that failed, first, then dots for those that were kept."""

from msgspec import Struct

MOST = 500  # promises; more than that is no field that one looks at
STEP, MIDDLE, ARM = 12, 6, 3.6
WIDE, NARROW = 52, 26  # signs in a row


class Field(Struct, frozen=True):
    width: int
    height: int
    kept: str
    failed: str


def fields(n: int, failed: int) -> list[Field]:
    """For a wide sheet and for a phone; none where nobody would look at so many."""
    found = [field(n, failed, across) for across in (WIDE, NARROW)]
    return [one for one in found if one]


def field(n: int, failed: int, across: int = WIDE) -> Field | None:
    """None for nothing, and for more than MOST."""
    if not 0 < n <= MOST:
        return None
    places = [(MIDDLE + STEP * (place % across), MIDDLE + STEP * (place // across)) for place in range(n)]
    crosses = "".join(
        f"M{x - ARM:g} {y - ARM:g}l{2 * ARM:g} {2 * ARM:g}M{x + ARM:g} {y - ARM:g}l-{2 * ARM:g} {2 * ARM:g}"
        for x, y in places[:failed]
    )
    return Field(STEP * across, STEP * -(-n // across), "".join(f"M{x} {y}h0" for x, y in places[failed:]), crosses)
