"""Step lines over days: what came and what left, added up. The ground between two of them is what is there."""

from collections.abc import Sequence
from itertools import pairwise
from typing import ClassVar

from msgspec import Struct

from desk.reports.rules.drawing.paper import Scale, Tick, apart, counts, stairs

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 720, 300, 66, 120, 16, 34


class Step(Struct, frozen=True):
    """A line with its name at its end; the second is dashed, so that it is not known by colour alone."""

    path: str
    end: float  # y of its last place
    words: str


class Lines(Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "reports/charts/lines.html"
    width: ClassVar[int] = WIDTH
    height: ClassVar[int] = HEIGHT
    left: ClassVar[int] = LEFT
    right: ClassVar[int] = WIDTH - RIGHT
    base: ClassVar[int] = HEIGHT - FOOT
    title: str
    told: str
    grid: tuple[Tick, ...]
    steps: tuple[Step, ...]
    labels: tuple[Tick, ...]


def lines(title: str, told: str, *, labels: Sequence[str], series: Sequence[tuple[str, Sequence[int]]]) -> Lines | None:
    """`series`: (name, a value for each label), as [("came", [3, 5, 9]), ("left", [1, 4, 9])]. None without any."""
    every = [value for _, values in series for value in values]
    if not every:
        return None
    marks = counts(max(every))
    across, up = Scale(0, max(1, len(labels) - 1), LEFT, WIDTH - RIGHT), Scale(0, marks[-1], HEIGHT - FOOT, TOP)
    drawn = [
        Step(stairs([(across.at(n), up.at(value)) for n, value in enumerate(values)]), up.at(values[-1]), words)
        for words, values in series
        if values
    ]
    return Lines(
        title=title,
        told=told,
        grid=tuple(Tick(up.at(mark), f"{mark:,.0f}") for mark in marks),
        steps=_apart(drawn),
        labels=tuple(Tick(across.at(n), labels[n]) for n in apart(len(labels), 7)),
    )


def _apart(drawn: list[Step]) -> tuple[Step, ...]:
    """Names of lines that end together stand one under the other, the higher line's above."""
    order = sorted(range(len(drawn)), key=lambda n: (drawn[n].end, n))
    found = list(drawn)
    for above, here in pairwise(order):
        least = found[above].end + 18
        found[here] = Step(found[here].path, max(found[here].end, least), found[here].words)
    return tuple(found)
