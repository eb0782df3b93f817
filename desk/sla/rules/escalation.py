"""Step by step upwards: who hears of a promise at which share of its target. No level is skipped or merged."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from desk.i18n import Refused
from desk.sla.rules import targets
from desk.sla.rules.compiled import Compiled


class Cause(StrEnum):
    """Why something became late, in one of a few words, so that reports can count it. None of them is a person."""

    WAITED = "waited"  # another department had it
    UNCLEAR = "unclear"  # what was wanted was understood late
    OVERLOAD = "overload"
    ABSENT = "absent"  # nobody stood in
    ROUTED = "routed"  # it came to the wrong hands
    SYSTEM = "system"  # something did not work
    MISJUDGED = "misjudged"  # more work than was thought
    FORGOTTEN = "forgotten"


class Via(StrEnum):
    DIRECT = "direct"
    DEPUTY = "deputy"
    UNFILLED = "unfilled"
    TOP = "top"


class Line(Struct, frozen=True):
    """Who stands at each level, from the owner up; who is away; who stands in for whom."""

    chain: Sequence[str]
    absent: Collection[str]
    deputies: Mapping[str, str]

    def at(self, level: int) -> tuple[str | None, Via]:
        """Who hears at a level; nobody above the top, nor for somebody absent without a deputy who is there."""
        if level >= len(self.chain):
            return None, Via.TOP
        person = self.chain[level]
        if person not in self.absent:
            return person, Via.DIRECT
        deputy = self.deputies.get(person)
        if deputy is None or deputy in self.absent:
            return None, Via.UNFILLED
        return deputy, Via.DEPUTY


def thresholds(calendar: Compiled, start: int, target: int, percents: Sequence[int]) -> list[int]:
    """When shares of a target (business seconds) are used up. Raises Refused for shares out of order."""
    check_percents(percents)
    return [calendar.add(start, targets.share(percent, target)) for percent in percents]


def check_percents(percents: Sequence[int]) -> None:
    """Levels are told one after the other: each share is above zero and above the one before. Raises Refused."""
    if any(percent <= before for before, percent in pairwise([0, *percents])):
        raise Refused("sla.percents_out_of_order", field="percents", words=", ".join(map(str, percents)))


def reached(instants: Sequence[int], already: Collection[int], now: int) -> list[int]:
    """The levels whose instant has come and that have not fired yet, in order."""
    return [level for level, at in enumerate(instants) if at <= now and level not in already]
