"""Brier's score, skill and calibration say what a slow count of single promises says."""

import random
from statistics import fmean

import pytest

from desk.sla.rules.prediction.quality import Said, calibration, quality, wilson


def one_by_one(said: list[Said]) -> list[tuple[float, int]]:
    """(chance, 1 if late) of every single promise."""
    return [(one.chance, int(n < one.late)) for one in said for n in range(one.n)]


def some(seed: int) -> list[Said]:
    dice = random.Random(seed)
    sizes = [dice.randrange(0, 40) for _ in range(60)]
    return [Said(dice.random(), n, dice.randint(0, n)) for n in sizes]


@pytest.mark.parametrize("seed", range(20))
def test_brier_and_skill_are_those_of_a_slow_count(seed: int) -> None:
    said = some(seed)
    single = one_by_one(said)
    base = fmean(late for _, late in single)
    brier = fmean((chance - late) ** 2 for chance, late in single)
    always_base = fmean((base - late) ** 2 for _, late in single)

    found = quality(said)
    assert found
    assert found.base == pytest.approx(base)
    assert found.brier == pytest.approx(brier)
    assert found.skill == pytest.approx(1 - brier / always_base)


def test_the_base_rate_itself_has_no_skill_and_a_prophet_has_all() -> None:
    by_base = quality([Said(0.25, 80, 20)])
    prophet = quality([Said(1.0, 20, 20), Said(0.0, 60, 0)])

    assert by_base
    assert prophet
    assert (by_base.skill, prophet.skill) == (0.0, 1.0)


def test_where_all_ended_alike_there_is_nothing_to_be_skilled_at() -> None:
    found = quality([Said(0.1, 50, 0)])

    assert found
    assert found.skill is None
    assert quality([Said(0.4, 0, 0)]) is None


@pytest.mark.parametrize("seed", range(10))
def test_every_promise_stands_in_the_tenth_of_its_chance(seed: int) -> None:
    said = some(seed)
    for tenth in calibration(said):
        lot = [pair for pair in one_by_one(said) if tenth.tenth / 10 <= pair[0] < (tenth.tenth + 1) / 10]
        assert (tenth.n, tenth.late) == (len(lot), sum(late for _, late in lot))
        assert tenth.chance == pytest.approx(fmean(chance for chance, _ in lot))
    assert sum(tenth.n for tenth in calibration(said)) == sum(one.n for one in said)


def test_a_certainty_stands_in_the_last_tenth() -> None:
    assert [tenth.tenth for tenth in calibration([Said(1.0, 3, 3), Said(0.0, 2, 0)])] == [0, 9]


@pytest.mark.parametrize(
    ("late", "n", "expected"), [(0, 10, (0.0, 0.2775)), (12, 40, (0.1807, 0.4543)), (10, 10, (0.7225, 1.0))]
)
def test_intervals_are_wilsons(late: int, n: int, expected: tuple[float, float]) -> None:
    assert wilson(late, n) == pytest.approx(expected, abs=5e-5)
