"""A long list is turned leaf by leaf, the newest rows first."""

from collections.abc import Callable, Sequence

from msgspec import Struct

LEAF = 200  # rows


class Leaf(Struct, frozen=True):
    """`first`, `last`: which of the rows stand on it, from 1; `newer`, `older`: addresses, "" where there are none.
    Beyond the last leaf `newer` is the first one.
    """

    first: int
    last: int
    newer: str
    older: str


def before(number: int) -> int:
    """How many rows stand on the leaves before it."""
    return LEAF * (number - 1)


def leaf(number: int, found: Sequence[object], address: Callable[[int], str]) -> Leaf:
    """`found`: the rows from its first on, at least one more than it holds where it is not the last."""
    skipped = before(number)
    return Leaf(
        first=skipped + 1,
        last=skipped + min(len(found), LEAF),
        newer=address(number - 1 if found else 1) if number > 1 else "",
        older=address(number + 1) if len(found) > LEAF else "",
    )
