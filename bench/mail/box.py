"""Letters through the box as a worker sends them: one after the other, the pipes and both processes included."""

import os
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles

from bench.mail.figures import ROUNDS, Figure
from bench.pages import cost
from desk.mail.actions.box import Box
from desk.mail.rules.letters import Letter

_BAR = 300


def measure(letters: Sequence[bytes]) -> list[Figure]:
    rounds = [_round(letters) for _ in range(ROUNDS)]
    inside, both, wall = (max(one[place] for one in rounds) for place in range(3))
    slowest = min(one[3] for one in rounds)
    return [
        Figure("read, per second of the reader's CPU", inside, _BAR, "letters/s"),
        Figure("read, per second of CPU, the worker's too", both, _BAR, "letters/s"),
        Figure("read, per second by the wall", wall, None, "letters/s", "one after the other"),
        Figure("one letter, p95 by the wall", slowest, None, "ms", many=False),
    ]


def _round(letters: Sequence[bytes]) -> tuple[float, float, float, float]:
    with Box() as box:
        _read(box, letters[0])  # the reader starts
        reader = _children()
        before, own, begun = cost.spent(reader), time.process_time(), time.perf_counter()
        waits = [_read(box, letter) for letter in letters]
        wall = time.perf_counter() - begun
        inside = cost.between(before, cost.spent(reader)) / 1000
        own = time.process_time() - own
    count = len(letters)
    p95 = quantiles(waits, n=20, method="inclusive")[-1]
    return count / max(inside, 0.01), count / max(inside + own, 0.01), count / wall, p95


def _read(box: Box, letter: bytes) -> float:
    """Milliseconds. Every letter is one that can be read."""
    begun = time.perf_counter()
    found = box.read(letter)
    assert isinstance(found, Letter), found
    return (time.perf_counter() - begun) * 1000


def _children() -> list[int]:
    return [int(one) for one in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]
