"""Counts of what became of promises that were alike. A cell knows no request, no word and no person."""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from msgspec import Struct, structs

STAGES = 3  # of a promise's time: the first half, up to three quarters, the last quarter
BUSY = (5, 15)  # requests a handler from which a department counts as busy, as very busy
PASSED_ON = 2  # handovers from which they are not told apart
LIKE_AT_LEAST = 20


class Key(Struct, frozen=True, order=True, array_like=True):
    """What promises have in common; None where no difference is made."""

    service: int | None
    stage: int
    load: int | None
    hops: int | None

    def widened(self) -> tuple["Key", ...]:
        """From the narrowest: without the load, without the handovers too, without the service too. The stage stays."""
        wide = structs.replace(self, load=None)
        wider = structs.replace(wide, hops=None)
        return self, wide, wider, structs.replace(wider, service=None)


class Cell(Struct, frozen=True, array_like=True):
    """Of promises that reached a stage of their time still open.

    n: those of which it is known whether they were kept, late: the broken among them. risked: those that were not
    withdrawn within the stage, ended: those resolved within it.
    """

    key: Key
    n: int
    late: int
    risked: int
    ended: int


class Like(Struct, frozen=True):
    """`late` of `n` promises like one were broken; `width` 0: alike in everything, 3: only the stage is the same."""

    n: int
    late: int
    width: int

    @property
    def share(self) -> float:
        return self.late / self.n


class Past(Struct, frozen=True):
    """(n, late) of every key and of every wider one."""

    counts: dict[Key, tuple[int, int]]

    def like(self, key: Key, at_least: int = LIKE_AT_LEAST) -> Like | None:
        """The narrowest group that is large enough; None when no group is."""
        for width, wider in enumerate(key.widened()):
            n, late = self.counts.get(wider, (0, 0))
            if n >= at_least:
                return Like(n, late, width)
        return None


def past(cells: Iterable[Cell]) -> Past:
    n: Counter[Key] = Counter()
    late: Counter[Key] = Counter()
    for cell in cells:
        for key in cell.key.widened():
            n[key] += cell.n
            late[key] += cell.late
    return Past({key: (n[key], late[key]) for key in n})


def merged(*lots: Iterable[Cell]) -> list[Cell]:
    """One cell for each key, in the order of keys."""
    sums: dict[Key, Cell] = {}
    for cell in (cell for lot in lots for cell in lot):
        sums[cell.key] = _added(sums[cell.key], cell) if cell.key in sums else cell
    return [sums[key] for key in sorted(sums)]


def _added(one: Cell, other: Cell) -> Cell:
    return Cell(
        key=one.key,
        n=one.n + other.n,
        late=one.late + other.late,
        risked=one.risked + other.risked,
        ended=one.ended + other.ended,
    )


def closed(cells: Iterable[Cell]) -> tuple[int, int]:
    """(requests, broken among them): every promise begins in the first stage."""
    first = [cell for cell in cells if cell.key.stage == 0]
    return sum(cell.n for cell in first), sum(cell.late for cell in first)


def load(open_requests: int, handlers: int) -> int:
    """0 calm, 1 busy, 2 very busy. The rule of `load_of` in forecast.sql once more; a test compares the two."""
    return sum(open_requests >= limit * max(handlers, 1) for limit in BUSY)


def hops(departments: Iterable[int]) -> int:
    """Handovers among the departments that held a request, one after the other; PASSED_ON stands for more, too."""
    return min(sum(giving != receiving for giving, receiving in pairwise(departments)), PASSED_ON)
