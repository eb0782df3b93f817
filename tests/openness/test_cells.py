"""No cell below five is told, and none can be reckoned back."""

from collections import defaultdict
from itertools import product

import pytest

from desk.openness.routes.shown import count
from desk.openness.rules.cells import Count, Published, few, publish, total

UP_TO = 11


@pytest.fixture(scope="module")
def tables() -> dict[Published, list[tuple[int, ...]]]:
    """What is published -> all tables of five tiers, none above eleven, that look like that."""
    found = defaultdict(list)
    for tiers in product(range(UP_TO + 1), repeat=5):
        found[publish(tiers)].append(tiers)
    return found


def _told(*tiers: int) -> tuple[str, list[str]]:
    of = publish(tiers)
    return count(of.total), [count(tier) for tier in of.tiers]


def test_large_cells_and_noughts_are_told_as_they_are() -> None:
    assert _told(6, 40, 9, 5, 0) == ("60", ["6", "40", "9", "5", "0"])


def test_beside_a_small_cell_another_is_kept_back_so_that_the_total_does_not_tell_it() -> None:
    assert _told(6, 40, 9, 2, 0) == ("57", ["6", "38–41", "9", "<5", "0"])


def test_a_month_with_few_portions_tells_only_that() -> None:
    assert _told(0, 3, 1, 0, 0) == ("<5", ["<5"] * 5)


def test_where_a_small_cell_would_be_the_rest_of_a_small_total_the_month_is_withheld() -> None:
    assert _told(0, 5, 1, 0, 0) == ("–", ["–"] * 5)
    assert publish((0, 5, 1, 0, 0)).open is None


def test_what_is_told_is_true(tables: dict[Published, list[tuple[int, ...]]]) -> None:
    for of, all_tables in tables.items():
        for tiers in all_tables:
            assert all(c is None or c.least <= n <= c.most for c, n in zip(of.tiers, tiers, strict=True)), tiers
            assert of.open is None or of.open.least <= sum(tiers[:2]) <= of.open.most, tiers
            assert of.shut is None or of.shut.least <= sum(tiers[2:]) <= of.shut.most, tiers


def test_whoever_knows_the_rule_reckons_no_hidden_cell_back(tables: dict[Published, list[tuple[int, ...]]]) -> None:
    """Where all tables that look alike are among those tried."""
    tried = {of: found for of, found in tables.items() if all(c is None or c.most <= UP_TO for c in of.tiers)}
    hidden = [(of, n) for of in tried for n, c in enumerate(of.tiers) if c is None or not c.exact]

    assert len(hidden) > 1000
    assert [(of, n) for of, n in hidden if len({tiers[n] for tiers in tried[of]}) < 2] == []


def test_no_cell_of_one_to_four_is_told(tables: dict[Published, list[tuple[int, ...]]]) -> None:
    exact = {(c.most) for of in tables for c in (*of.tiers, of.total) if c and c.exact}

    assert exact & {1, 2, 3, 4} == set()
    assert {0, 5, UP_TO} <= exact


def test_a_share_never_tells_more_than_the_cells_do(tables: dict[Published, list[tuple[int, ...]]]) -> None:
    """The open ones are told exactly only where the shut ones are no small number."""
    for of, all_tables in tables.items():
        if of.shut and of.shut.exact and of.total != Count(0, 0):
            assert {sum(tiers[2:]) for tiers in all_tables} & {1, 2, 3, 4} == set(), of


def test_months_are_added_as_they_are_told() -> None:
    assert total([few(3), few(7), few(0)]) == Count(8, 11)
