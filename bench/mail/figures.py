"""Letters a second, which are to be many, and milliseconds, which are to be few, beside their bars."""

from collections.abc import Sequence
from typing import NamedTuple

ROUNDS = 3


class Figure(NamedTuple):
    name: str
    value: float
    bar: float | None
    unit: str
    note: str = ""
    many: bool = True  # at least the bar, else at most

    @property
    def verdict(self) -> str:
        if self.bar is None:
            return ""
        return "PASS" if (self.value >= self.bar if self.many else self.value <= self.bar) else "MISS"

    def plain(self) -> dict[str, object]:
        of = {"value": round(self.value, 2), "bar": self.bar, "unit": self.unit}
        return {**of, "verdict": self.verdict, "note": self.note}


def print_table(figures: Sequence[Figure], strain: Sequence[float]) -> None:
    print(f"The best of {ROUNDS} rounds; the same piece of work cost {min(strain):.0f} to {max(strain):.0f} ms")
    print("in the course of this run: a calm machine gives one figure")
    for one in figures:
        bar = "" if one.bar is None else f"bar {one.bar:g}"
        print(f"{one.name:<44}{one.value:>10.1f} {one.unit:<14}{bar:<10}{one.verdict:<6}{one.note}".rstrip())
