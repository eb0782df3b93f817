"""What may be published of counts: no cell below five, and nothing from which one could be reckoned back.

Everything else that is shown (shares, intervals, lights, sums of months) is computed from what is published here, so
it gives nothing away either.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

FEW = 5
TIERS = 5
KEPT_BACK = (
    1,
    2,
    0,
    3,
    4,
)  # which tiers are kept back beside a small one, by place and not by size: the choice tells nothing


class Count(Struct, frozen=True):
    """From `least` to `most`: as much as is told of it. Exact where the two are equal."""

    least: int
    most: int

    @property
    def exact(self) -> bool:
        return self.least == self.most

    def __add__(self, other: "Count") -> "Count":
        return Count(self.least + other.least, self.most + other.most)


NONE, SOME = Count(0, 0), Count(1, FEW - 1)


class Published(Struct, frozen=True):
    """Of one department and month. `total` None: it would give a cell away, and nothing is told but that it is not
    below five."""

    total: Count | None
    tiers: tuple[Count | None, ...]

    @property
    def open(self) -> Count | None:
        return self._of(0, 2)

    @property
    def shut(self) -> Count | None:
        return self._of(2, TIERS)

    def _of(self, start: int, end: int) -> Count | None:
        if self.total is None:
            return None
        known = [tier or NONE for tier in self.tiers]
        inside, outside = total(known[start:end]), total(known[:start] + known[end:])
        return Count(
            max(inside.least, self.total.least - outside.most), min(inside.most, self.total.most - outside.least)
        )


def total(counts: Iterable[Count]) -> Count:
    return sum(counts, NONE)


def few(n: int) -> Count:
    """A count that stands alone: 1 to 4 are told as that."""
    return SOME if 0 < n < FEW else Count(n, n)


def publish(tiers: Sequence[int]) -> Published:
    """Portions of tiers 0 to 4, as they may be shown. A cell of 1 to 4 is never told, nor what would leave it as the
    rest of a total: others are kept back beside it until each may be any of several numbers."""
    n = sum(tiers)
    if 0 < n < FEW:
        return Published(SOME, (Count(0, FEW - 1),) * TIERS)
    small = {tier for tier in range(TIERS) if 0 < tiers[tier] < FEW}
    beside: list[int] = []
    for tier in KEPT_BACK:
        if not small or _enough(sum(tiers[one] for one in (*small, *beside)), len(small), len(beside)):
            break
        if tiers[tier] >= FEW:
            beside.append(tier)
    hidden = sum(tiers[one] for one in (*small, *beside))
    if small and not _enough(hidden, len(small), len(beside)):
        return Published(None, (None,) * TIERS)
    cells = [SOME if tier in small else Count(tiers[tier], tiers[tier]) for tier in range(TIERS)]
    for tier in beside:
        others = FEW * (len(beside) - 1)
        cells[tier] = Count(max(FEW, hidden - _most(hidden, small, beside)), hidden - len(small) - others)
    return Published(Count(n, n), tuple(cells))


def _most(hidden: int, small: set[int], beside: list[int]) -> int:
    """What all the others that are kept back may come to."""
    return (FEW - 1) * len(small) if len(beside) == 1 else hidden - FEW


def _enough(hidden: int, small: int, beside: int) -> bool:
    """Each small cell may still be any number from 1 to 4, whatever the others are."""
    return beside > 0 and hidden >= FEW * beside + small + FEW - 2
