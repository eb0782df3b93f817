"""One bar that is cut into parts of a whole, in the order of its table's rows."""

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct

WIDTH, HEIGHT, GAP, KEYS = 520, 52, 3, 4


class Part(Struct, frozen=True):
    """`key`: 1 to 4, its ground; the same key stands in the table (class key--<key>); 4 is hatched, for nobody."""

    x: float
    width: float
    key: int


class Parts(Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "reports/charts/parts.html"
    width: ClassVar[int] = WIDTH
    height: ClassVar[int] = HEIGHT
    title: str
    told: str
    parts: tuple[Part, ...]


def parts(title: str, told: str, *, amounts: Sequence[int], keys: Sequence[int] = ()) -> Parts | None:
    """`amounts`: of any unit; `keys`: the ground of each (1, 2, 3, 3 ... unless given). None when there is nothing."""
    whole = sum(amounts)
    if not whole:
        return None
    grounds = keys or [min(n + 1, KEYS - 1) for n in range(len(amounts))]
    drawn, so_far = [], 0
    for amount, key in zip(amounts, grounds, strict=True):
        start, so_far = round(WIDTH * so_far / whole, 1), so_far + amount
        width = round(WIDTH * so_far / whole - start - (GAP if so_far < whole else 0), 1)
        if amount:
            drawn.append(Part(start, max(width, 1.0), key))
    return Parts(title=title, told=told, parts=tuple(drawn))
