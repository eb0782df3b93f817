"""The fit finds the truth of an invented firm, and a ridge holds it back where little is known."""

import math
import random

import pytest

from desk.sla.rules.prediction import hazard
from desk.sla.rules.prediction.cells import Cell, Key
from tests.sla.prediction import invented

MANY = invented.firm(random.Random(1), 40_000)


def apart(found: hazard.Hazard, name: str, one: int, other: int) -> float:
    return found.effects[name][one] - found.effects[name][other]


def test_the_fit_recovers_the_coefficients_that_made_the_firm() -> None:
    found = hazard.fit(MANY)

    assert apart(found, "service", 1, 3) == pytest.approx(2.4, abs=0.1)
    assert apart(found, "service", 1, 2) == pytest.approx(1.2, abs=0.1)
    assert apart(found, "load", 0, 2) == pytest.approx(1.0, abs=0.1)
    assert apart(found, "hops", 0, 2) == pytest.approx(0.8, abs=0.1)
    assert apart(found, "stage", 1, 0) == pytest.approx(0.7, abs=0.1)


@pytest.mark.parametrize("key", [Key(1, 0, 0, 0), Key(2, 1, 1, 1), Key(3, 2, 2, 2), Key(3, 0, 2, 2)])
def test_a_promise_is_broken_when_it_outlives_every_stage_to_come(key: Key) -> None:
    stages = [Key(key.service, stage, key.load, key.hops) for stage in range(key.stage, 3)]
    truth = math.prod(1 - invented.hazard(one) for one in stages)

    assert hazard.fit(MANY).broken(key) == pytest.approx(truth, abs=0.02)


def test_at_the_place_that_was_found_no_step_leads_upwards() -> None:
    """The slope of the likelihood with its ridge, by differences, is nought in every direction."""
    cells = invented.firm(random.Random(2), 300)
    best = hazard.fit(cells)

    for name, values in best.effects.items():
        for value in values:
            assert _height(cells, best, name, value, 1e-4) == pytest.approx(
                _height(cells, best, name, value, -1e-4), abs=1e-6
            )


def _height(cells: list[Cell], best: hazard.Hazard, name: str, value: int, step: float) -> float:
    moved = {
        key: {v: b + step * (key == name and v == value) for v, b in of.items()} for key, of in best.effects.items()
    }
    found, height = hazard.Hazard(moved), 0.0
    for cell in cells:
        chance = found.resolved(cell.key)
        height += cell.ended * math.log(chance) + (cell.risked - cell.ended) * math.log(1 - chance)
    return height - sum(
        (hazard.RIDGE_OF_STAGES if key == "stage" else hazard.RIDGE) * b * b / 2
        for key, of in moved.items()
        for b in of.values()
    )


def test_the_ridge_draws_coefficients_towards_nought() -> None:
    cells = invented.firm(random.Random(3), 400)
    sizes = [_size(hazard.fit(cells, ridge)) for ridge in (0.1, 1.0, 10.0, 1000.0)]

    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < 0.1 < sizes[0]


def _size(found: hazard.Hazard) -> float:
    return sum(b * b for name, of in found.effects.items() if name != "stage" for b in of.values())


def test_a_rare_service_is_as_the_others_are() -> None:
    rare = [Cell(Key(9, 0, 0, 0), 19, 0, 19, 19)]
    found = hazard.fit([*MANY, *rare])

    assert 9 not in found.effects["service"]
    assert found.broken(Key(9, 0, 0, 0)) == found.broken(Key(77, 0, 0, 0))


def test_a_stage_in_which_all_were_resolved_stays_finite() -> None:
    found = hazard.fit([Cell(Key(1, 0, 0, 0), 500, 0, 500, 500)])

    assert 0 < found.broken(Key(1, 2, 0, 0)) < 1
    assert found.broken(Key(1, 0, 0, 0)) < 0.01


def test_what_is_withdrawn_teaches_that_it_was_still_open() -> None:
    """A hundred were open after the first half, fifty of them withdrawn later: the first stage knows all hundred."""
    cells = [Cell(Key(1, 0, 0, 0), 50, 50, 100, 0), Cell(Key(1, 1, 0, 0), 50, 50, 50, 0)]
    fewer = [Cell(Key(1, 0, 0, 0), 50, 50, 50, 0), cells[1]]

    assert hazard.fit(cells).resolved(Key(1, 0, 0, 0)) < hazard.fit(fewer).resolved(Key(1, 0, 0, 0))
