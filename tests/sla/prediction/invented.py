"""Requests of an invented firm whose truth is known: hazards of being resolved by stage, service, load and hops."""

import math
import random
from collections import defaultdict
from collections.abc import Callable

from desk.sla.rules.prediction.cells import STAGES, Cell, Key, merged

STAGE, SERVICE = (-0.4, 0.3, 0.8), {1: 1.2, 2: 0.0, 3: -1.2}
LOAD, HOPS = (0.5, 0.0, -0.5), (0.4, 0.0, -0.4)
Truth = Callable[[Key], float]


def hazard(key: Key) -> float:
    score = STAGE[key.stage] + SERVICE[key.service or 0] + LOAD[key.load or 0] + HOPS[key.hops or 0]
    return 1 / (1 + math.exp(-score))


def noise(key: Key) -> float:
    """Nothing is known before the last stage, and nothing then tells one request from another."""
    return 0.7 if key.stage == STAGES - 1 else 0.0


def firm(dice: random.Random, requests: int, truth: Truth = hazard) -> list[Cell]:
    """What became of so many requests."""
    lots: dict[Key, list[Cell]] = defaultdict(list)
    for _ in range(requests):
        for cell in request(dice, truth):
            lots[cell.key].append(cell)
    return [cell for lot in lots.values() for cell in merged(lot)]


def request(dice: random.Random, truth: Truth) -> list[Cell]:
    same = dice.choice(list(SERVICE)), dice.randrange(3), dice.randrange(3)
    keys = [Key(same[0], stage, same[1], same[2]) for stage in range(STAGES)]
    last = next((key.stage for key in keys if dice.random() < truth(key)), None)
    late = int(last is None)
    reached = keys if last is None else keys[: last + 1]
    return [Cell(key, 1, late, 1, int(key.stage == last)) for key in reached]
