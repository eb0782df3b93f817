"""The chance that a promise will be broken, by a discrete-time hazard of being resolved.

A promise's time has three stages. With h the chance of being resolved within a stage, given that the request was still
open when it began,

    logit h(stage, x) = a[stage] + b[service] + c[load] + d[hops]      chance(broken | stage j) = prod of 1 - h, k >= j

for a promise is broken when it outlives all of its stages. What is withdrawn leaves the risk and is no event. Load and
hops are taken as they are now for the stages to come. Source: Allison (1982), Discrete-time methods for the analysis
of event histories, Sociological Methodology 13; Singer and Willett (1993), It's about time, Journal of Educational
Statistics 18. Coefficients: Newton's method on the likelihood with a ridge, le Cessie and van Houwelingen (1992),
Ridge estimators in logistic regression, Applied Statistics 41.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import mul

from msgspec import Struct

from desk.sla.rules.prediction.cells import STAGES, Cell, Key

RIDGE = 1.0  # a service whose odds are e times those of the others stands one deviation apart
RIDGE_OF_STAGES = 0.01  # only keeps a stage finite in which everything was resolved, or nothing
OWN_AT_LEAST = 20  # requests from which a service has a coefficient of its own
ROUNDS, HALVINGS, PRECISION = 50, 30, 1e-9

Effect = tuple[str, int]
Matrix = list[list[float]]


class Hazard(Struct, frozen=True):
    """Coefficients by name and value: {"stage": {0: ...}, "service": {17: ...}, "load": ..., "hops": ...}."""

    effects: dict[str, dict[int, float]]

    def resolved(self, key: Key) -> float:
        """The chance of being resolved within the stage."""
        known = (self.effects.get(name, {}).get(value, 0.0) for name, value in _effects(key))
        return _logistic(sum(known))

    def broken(self, key: Key) -> float:
        """The chance of outliving this stage and those that follow."""
        stages = (Key(key.service, stage, key.load, key.hops) for stage in range(key.stage, STAGES))
        return math.prod(1 - self.resolved(one) for one in stages)


def fit(cells: Sequence[Cell], ridge: float = RIDGE) -> Hazard:
    """The coefficients at which the likelihood with its ridge is greatest; there is exactly one such place."""
    places = _places(cells)
    rows = [_Row([places[one] for one in _effects(cell.key) if one in places], cell) for cell in cells if cell.risked]
    ridges = [RIDGE_OF_STAGES if name == "stage" else ridge for name, _ in places]
    beta = _greatest(rows, ridges)
    effects: dict[str, dict[int, float]] = {}
    for (name, value), place in places.items():
        effects.setdefault(name, {})[value] = beta[place]
    return Hazard(effects)


class _Row:
    """A cell as the likelihood sees it: `risked` throws, `ended` hits, the places of its coefficients."""

    __slots__ = ("ended", "places", "risked")

    def __init__(self, places: list[int], cell: Cell) -> None:
        self.places, self.risked, self.ended = places, cell.risked, cell.ended

    def score(self, beta: Sequence[float]) -> float:
        return sum(beta[place] for place in self.places)


def _effects(key: Key) -> tuple[Effect, ...]:
    return ("stage", key.stage), ("service", key.service or 0), ("load", key.load or 0), ("hops", key.hops or 0)


def _places(cells: Iterable[Cell]) -> dict[Effect, int]:
    """Where each coefficient stands. A rare service has none: it is as the others are."""
    requests: Counter[Effect] = Counter()
    for cell in cells:
        requests["service", cell.key.service or 0] += cell.n if cell.key.stage == 0 else 0
    found = {effect for cell in cells for effect in _effects(cell.key)}
    own = {effect for effect in found if effect[0] != "service" or requests[effect] >= OWN_AT_LEAST}
    return {effect: place for place, effect in enumerate(sorted(own))}


def _greatest(rows: Sequence[_Row], ridges: Sequence[float]) -> list[float]:
    """Newton's steps, halved until they lead upwards."""
    beta = [0.0] * len(ridges)
    height = _height(rows, ridges, beta)
    for _ in range(ROUNDS):
        step = _solved(*_slope(rows, ridges, beta))
        for _ in range(HALVINGS):
            tried = [b + s for b, s in zip(beta, step, strict=True)]
            reached = _height(rows, ridges, tried)
            if reached >= height:
                break
            step = [s / 2 for s in step]
        else:
            return beta
        beta, height = tried, reached
        if max(map(abs, step), default=0.0) < PRECISION:
            return beta
    return beta


def _height(rows: Iterable[_Row], ridges: Sequence[float], beta: Sequence[float]) -> float:
    """log-likelihood - ridge/2 * squares; log(1 + e^score) without overflow."""
    height = -sum(ridge * b * b for ridge, b in zip(ridges, beta, strict=True)) / 2
    for row in rows:
        score = row.score(beta)
        height += row.ended * score - row.risked * (max(score, 0.0) + math.log1p(math.exp(-abs(score))))
    return height


def _slope(rows: Iterable[_Row], ridges: Sequence[float], beta: Sequence[float]) -> tuple[Matrix, list[float]]:
    """(minus the second derivatives, the first)."""
    curve = [[0.0] * len(ridges) for _ in ridges]
    slope = [-ridge * b for ridge, b in zip(ridges, beta, strict=True)]
    for place, ridge in enumerate(ridges):
        curve[place][place] = ridge
    for row in rows:
        chance = _logistic(row.score(beta))
        weight = row.risked * chance * (1 - chance)
        for one in row.places:
            slope[one] += row.ended - row.risked * chance
            for other in row.places:
                curve[one][other] += weight
    return curve, slope


def _solved(matrix: Matrix, right: Sequence[float]) -> list[float]:
    """By Cholesky: the ridge keeps the matrix positive definite."""
    size, lower = len(right), [[0.0] * len(right) for _ in right]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(map(mul, lower[i][:j], lower[j][:j]))
            lower[i][j] = math.sqrt(rest) if i == j else rest / lower[j][j]
    half: list[float] = []
    for i in range(size):
        half.append((right[i] - sum(map(mul, lower[i], half))) / lower[i][i])
    found = [0.0] * size
    for i in reversed(range(size)):
        known = sum(lower[k][i] * found[k] for k in range(i + 1, size))
        found[i] = (half[i] - known) / lower[i][i]
    return found


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-score)) if score >= 0 else math.exp(score) / (1 + math.exp(score))
