"""Green, yellow, red: what the figures say of the targets, and when they say nothing."""

from enum import StrEnum

from msgspec import Struct

from desk.openness.rules.cells import Count
from desk.sla.rules.prediction.quality import wilson

TARGET = 0.8  # of portions, born open
VERDICT_FROM = 10  # portions; below that nobody is judged


class Light(StrEnum):
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"  # too few to say


class Share(Struct, frozen=True):
    """Between `least` and `most` of portions are open (equal where the counts are published); `low` to `high` with 95 %
    confidence (Wilson), whatever the counts may be. All from 0 to 1."""

    least: float
    most: float
    low: float
    high: float


def share(opened: Count | None, shut: Count | None) -> Share | None:
    """None where nothing was written, or nothing may be told."""
    if opened is None or shut is None or opened.most + shut.most == 0:
        return None
    worst, best = (opened.least, opened.least + shut.most), (opened.most, opened.most + shut.least)
    if not worst[1] or not best[1]:
        return Share(0.0, 1.0, 0.0, 1.0)
    return Share(worst[0] / worst[1], best[0] / best[1], wilson(*worst)[0], wilson(*best)[1])


def light(opened: Count | None, shut: Count | None) -> Light:
    """Green only when the whole interval reaches the target, red only when none of it does."""
    found = share(opened, shut)
    if found is None or opened is None or shut is None or opened.least + shut.least < VERDICT_FROM:
        return Light.NONE
    if found.low >= TARGET:
        return Light.GREEN
    return Light.RED if found.high < TARGET else Light.YELLOW


def overdue_light(overdue: Count) -> Light:
    """The target is none at all."""
    return Light.RED if overdue.most else Light.GREEN
