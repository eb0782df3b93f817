"""How good forecasts have been: Brier's score, skill against the base rate, calibration by tenths.

Brier (1950), Verification of forecasts expressed in terms of probability, Monthly Weather Review 78; intervals: Wilson
(1927), Probable inference, Journal of the American Statistical Association 22.
"""

import math
from collections.abc import Sequence

from msgspec import Struct

TENTHS = 10
SCORE_95 = 1.959963984540054  # of the normal distribution, for 95 %


class Said(Struct, frozen=True):
    """The same chance was given to `n` promises, of which `late` were broken."""

    chance: float
    n: int
    late: int


class Tenth(Struct, frozen=True, kw_only=True):
    """`n` promises were given a chance within [tenth / 10, (tenth + 1) / 10); `chance` is the mean of what was said."""

    tenth: int
    n: int
    late: int
    chance: float


class Quality(Struct, frozen=True, kw_only=True):
    """`skill` 1: always right, 0: no better than saying the base rate every time; None where all ended alike."""

    n: int
    late: int
    brier: float
    skill: float | None

    @property
    def base(self) -> float:
        return self.late / self.n


def quality(said: Sequence[Said]) -> Quality | None:
    """None when nothing was said. The base rate is that of the same promises: no constant forecast beats it."""
    n, late = sum(one.n for one in said), sum(one.late for one in said)
    if not n:
        return None
    brier = sum(one.late * (1 - one.chance) ** 2 + (one.n - one.late) * one.chance**2 for one in said) / n
    by_base = late / n * (1 - late / n)
    return Quality(n=n, late=late, brier=brier, skill=1 - brier / by_base if by_base else None)


def calibration(said: Sequence[Said]) -> list[Tenth]:
    """Only the tenths in which something was said, the lowest first."""
    lots: dict[int, list[Said]] = {}
    for one in said:
        if one.n:
            lots.setdefault(min(int(one.chance * TENTHS), TENTHS - 1), []).append(one)
    return [_tenth(tenth, lots[tenth]) for tenth in sorted(lots)]


def _tenth(tenth: int, lot: Sequence[Said]) -> Tenth:
    n = sum(one.n for one in lot)
    mean = sum(one.n * one.chance for one in lot) / n
    return Tenth(tenth=tenth, n=n, late=sum(one.late for one in lot), chance=mean)


def wilson(late: int, n: int) -> tuple[float, float]:
    """The interval of a share with 95 % confidence, for n > 0."""
    share, z2 = late / n, SCORE_95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = SCORE_95 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)
