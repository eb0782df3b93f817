"""One figure beside its bar, and the least of several rounds: neighbours on the machine make everything dearer."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

ROUNDS = 3


class Figure(NamedTuple):
    name: str
    used: float | None  # CPU; None where it could not be measured
    bar: float | None
    unit: str
    note: str = ""

    @property
    def verdict(self) -> str:
        if self.bar is None or self.used is None:
            return ""
        return "PASS" if self.used <= self.bar else "MISS"


def least(rounds: int, cost: Callable[[], float]) -> float:
    return min(cost() for _ in range(rounds))


def print_table(figures: Sequence[Figure], strain: Sequence[float]) -> None:
    print(f"CPU, the least of {ROUNDS} rounds where it can be done again; the same piece of work cost")
    print(f"{min(strain):.0f} to {max(strain):.0f} ms in the course of this run: a calm machine gives one figure")
    for figure in figures:
        used = "-" if figure.used is None else f"{figure.used:.2f} {figure.unit}"
        bar = "" if figure.bar is None else f"bar {figure.bar:g} {figure.unit}"
        print(f"{figure.name:<44}{used:>14}   {bar:<14}{figure.verdict:<6}{figure.note}".rstrip())
