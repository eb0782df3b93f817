"""Shares of what was owed, with how sure they are; a failure is never rounded away."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from msgspec import Struct

from desk.sla.rules.kinds import Kind
from desk.sla.rules.prediction.quality import wilson

LEAST = 5  # below it a share says more about chance than about a department
K = TypeVar("K", bound=Hashable)


class Cell(Struct, frozen=True, kw_only=True):
    """`n` promises of a department, kind, service and week (0: the first) that have been decided."""

    department: int
    week: int
    kind: str
    service: int
    same_day: bool
    n: int
    failed: int
    reopened: int
    renewed: int


class Rate(Struct, frozen=True):
    """`hits` of `n`."""

    hits: int
    n: int

    @property
    def told(self) -> bool:
        return self.n >= LEAST

    @property
    def tenths(self) -> int:
        """In tenths of a per cent, cut off: 7,509 of 7,512 are 999, not 1000. For n > 0."""
        return 1000 * self.hits // self.n

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's, 95 %; for n > 0."""
        return wilson(self.hits, self.n)


NONE = Rate(0, 0)


def per_cent(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}%"


def kept(cells: Iterable[Cell]) -> Rate:
    lot = list(cells)
    return Rate(sum(one.n - one.failed for one in lot), sum(one.n for one in lot))


def kept_by(cells: Iterable[Cell], of: Callable[[Cell], K]) -> dict[K, Rate]:
    lots: dict[K, list[Cell]] = {}
    for one in cells:
        lots.setdefault(of(one), []).append(one)
    return {key: kept(lot) for key, lot in lots.items()}


def same_day(cells: Iterable[Cell]) -> Rate:
    """Replies that were owed on the same day, and came."""
    return kept(one for one in cells if one.same_day)


def expectations(cells: Iterable[Cell]) -> Rate:
    return kept(one for one in cells if one.kind == Kind.EXPECTATION)


def renewals(cells: Iterable[Cell]) -> Rate:
    """Words given that were moved before they were due."""
    lot = [one for one in cells if one.kind == Kind.EXPECTATION]
    return Rate(sum(one.renewed for one in lot), sum(one.n for one in lot))


def reopenings(cells: Iterable[Cell]) -> Rate:
    """Resolutions that the requester sent back."""
    lot = [one for one in cells if one.kind == Kind.RESOLUTION]
    return Rate(sum(one.reopened for one in lot), sum(one.n for one in lot))
