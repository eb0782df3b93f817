"""Figures in milliseconds or shares, beside their bars."""

from collections.abc import Sequence
from statistics import quantiles
from typing import NamedTuple


class Figure(NamedTuple):
    """`p95` is held to the bar; a share or a ratio has one value, and no p50."""

    name: str
    p50: float | None
    p95: float
    bar: float | None
    unit: str
    note: str = ""

    @property
    def verdict(self) -> str:
        return "" if self.bar is None else "PASS" if self.p95 <= self.bar else "MISS"

    def plain(self) -> dict[str, object]:
        of = {"p95": round(self.p95, 2)} if self.p50 is not None else {"value": round(self.p95, 2)}
        p50 = {"p50": round(self.p50, 2)} if self.p50 is not None else {}
        return {**p50, **of, "bar": self.bar, "unit": self.unit, "verdict": self.verdict, "note": self.note}


def of_times(name: str, times: Sequence[float], bar: float | None, note: str = "") -> Figure:
    cuts = quantiles(times, n=100, method="inclusive")
    return Figure(name, cuts[49], cuts[94], bar, "ms", note)


def print_table(figures: Sequence[Figure], strain: Sequence[float]) -> None:
    print("CPU of Python and of its backend together; the same piece of work cost")
    print(f"{min(strain):.0f} to {max(strain):.0f} ms in the course of this run: a calm machine gives one figure")
    for one in figures:
        used = f"{one.p95:.2f} {one.unit}" if one.p50 is None else f"p50 {one.p50:.1f}  p95 {one.p95:.1f} {one.unit}"
        bar = "" if one.bar is None else f"bar {one.bar:g} {one.unit}"
        print(f"{one.name:<52}{used:>26}   {bar:<12}{one.verdict:<6}{one.note}".rstrip())
