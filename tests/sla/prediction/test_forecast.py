"""When a forecast may speak, and what it says: never without a test on the last four weeks."""

import random

import pytest

from desk.sla.rules.prediction.cells import Cell, Key, Like, closed, past
from desk.sla.rules.prediction.forecast import ENOUGH, Mode, like, make
from desk.sla.rules.prediction.hazard import fit
from tests.sla.prediction import invented

BEFORE, RECENT = invented.firm(random.Random(4), 1500), invented.firm(random.Random(5), 400)


def lot(n: int, late: int, **key: int) -> Cell:
    return Cell(
        Key(key.get("service", 1), key.get("stage", 0), key.get("load", 0), key.get("hops", 0)), n, late, n, n - late
    )


def test_a_firm_that_can_be_foreseen_is_foreseen() -> None:
    made = make(BEFORE, RECENT)

    assert made.mode is Mode.ON
    assert made.model
    assert made.model.skill > 0.1  # type: ignore[operator]
    assert (made.closed, made.late) == closed([*BEFORE, *RECENT])


def test_what_is_tested_has_learnt_nothing_of_the_window() -> None:
    """The published score, once more, slowly: the model of what was before, on every promise of the window."""
    earlier = fit(BEFORE)
    single = [(earlier.broken(cell.key), int(n < cell.late)) for cell in RECENT for n in range(cell.n)]
    brier = sum((chance - late) ** 2 for chance, late in single) / len(single)

    made = make(BEFORE, RECENT).model
    assert made
    assert made.brier == pytest.approx(brier)
    assert made.n == len(single)


@pytest.mark.parametrize("seed", range(12))
def test_pure_noise_switches_it_off(seed: int) -> None:
    before, recent = (invented.firm(random.Random(s), n, invented.noise) for s, n in ((seed, 900), (seed + 99, 250)))
    made = make(before, recent)

    assert made.mode is Mode.NO_SKILL
    assert like(made, past(made.cells), Key(1, 0, 0, 0)) is None


def test_what_changed_since_it_learnt_switches_it_off() -> None:
    """The services that were slow are quick now, and the other way round."""
    turned = invented.firm(random.Random(6), 400, lambda key: 1 - invented.hazard(key))

    assert make(BEFORE, turned).mode is Mode.NO_SKILL


@pytest.mark.parametrize(("n", "mode"), [(ENOUGH - 1, Mode.POOLED), (ENOUGH, Mode.NO_SKILL)])
def test_below_a_hundred_closed_requests_only_the_pooled_rate_is_told(n: int, mode: Mode) -> None:
    made = make([lot(n, 30)], [lot(40, 12)])

    assert made.mode is mode
    assert (made.hazard is None) == (mode is Mode.POOLED)
    said = like(made, past(made.cells), Key(5, 2, 2, 2))
    assert said == (Like(n + 40, 42, 4) if mode is Mode.POOLED else None)


def test_too_few_to_test_it_on_switches_it_off() -> None:
    assert make(BEFORE, invented.firm(random.Random(5), 29)).mode is Mode.FEW


def test_of_four_requests_nothing_is_said() -> None:
    made = make([lot(4, 3)], [])

    assert like(made, past(made.cells), Key(1, 0, 0, 0)) is None


def test_the_group_is_widened_until_it_is_large_enough() -> None:
    known = past(
        [lot(25, 5), lot(9, 1, load=1), lot(6, 2, hops=1), lot(5, 1, service=2), lot(30, 9, stage=1, service=2)]
    )
    said = [known.like(Key(*key)) for key in ((1, 0, 0, 0), (1, 0, 1, 0), (1, 0, 0, 1), (2, 0, 0, 0), (3, 2, 0, 0))]

    assert said == [Like(25, 5, 0), Like(34, 6, 1), Like(40, 8, 2), Like(45, 9, 3), None]
