"""How long what was born shut waited until it opened. What is shut still counts as having waited at least so long.

Kaplan and Meier (1958), Nonparametric estimation from incomplete observations, Journal of the American Statistical
Association 53.
"""

from collections.abc import Iterable

from msgspec import Struct

from desk.openness.rules.cells import FEW


class Wait(Struct, frozen=True):
    """`portions` opened after so many days, or are shut still after them."""

    days: int
    opened: bool
    portions: int


def median(waits: Iterable[Wait]) -> int | None:
    """Days after which half has opened. None where fewer than five did, or half has not opened yet.

    Whatever opens on a day has waited for it like what is still shut on that day.
    """
    lots = sorted(waits, key=lambda one: (one.days, not one.opened))
    waiting, still = sum(one.portions for one in lots), 1.0
    if sum(one.portions for one in lots if one.opened) < FEW:
        return None
    for one in lots:
        if one.opened:
            still *= 1 - one.portions / waiting
            if still <= 0.5 + 1e-12:  # a half that has lost its last bit is a half
                return one.days
        waiting -= one.portions
    return None
