"""What the forecast learns from: counts of what was alike, of nobody and of nothing sealed."""

import random
from collections import Counter
from datetime import timedelta

import asyncpg
import pytest

from desk import clock, db
from desk.sla.queries import forecasts
from desk.sla.rules.prediction import cells as rules
from desk.sla.rules.prediction.cells import Cell, Key
from tests.firm import Firm, local
from tests.sla.prediction.history import Past, plant

BEGUN = local("2026-10-05 09:00")


async def cells() -> tuple[list[Cell], list[Cell]]:
    async with db.acting_as(db.NOBODY):
        return await forecasts.cells(clock.now())


def stages(found: list[Cell]) -> list[tuple[int, int, int, int, int]]:
    return [(cell.key.stage, cell.n, cell.late, cell.risked, cell.ended) for cell in rules.merged(found)]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (0.3, [(0, 1, 0, 1, 1)]),
        (0.5, [(0, 1, 0, 1, 1)]),
        (0.6, [(0, 1, 0, 1, 0), (1, 1, 0, 1, 1)]),
        (1.0, [(0, 1, 0, 1, 0), (1, 1, 0, 1, 0), (2, 1, 0, 1, 1)]),
        (1.2, [(0, 1, 1, 1, 0), (1, 1, 1, 1, 0), (2, 1, 1, 1, 0)]),
        (None, []),
    ],
)
async def test_a_promise_counts_at_each_stage_that_it_reached(
    firm: Firm, superuser: asyncpg.Connection, after: float | None, expected: list[tuple[int, ...]]
) -> None:
    await plant(superuser, firm, [Past(begun=BEGUN, after=after)])

    assert stages((await cells())[0]) == expected


async def test_what_is_withdrawn_leaves_the_risk_and_has_no_end(firm: Firm, superuser: asyncpg.Connection) -> None:
    await plant(superuser, firm, [Past(begun=BEGUN, after=0.6, withdrawn=True)])

    assert stages((await cells())[0]) == [(0, 0, 0, 1, 0), (1, 0, 0, 0, 0)]


async def test_what_is_sealed_is_in_no_cell_and_in_no_load(firm: Firm, superuser: asyncpg.Connection) -> None:
    await plant(superuser, firm, [Past(begun=BEGUN, after=0.9)] + 30 * [Past(begun=BEGUN, after=1.2, sealed=True)])

    before, recent = await cells()
    assert recent == []
    assert [cell.key.load for cell in before] == [0, 0, 0]
    assert sum(cell.late for cell in before) == 0


async def test_the_last_four_weeks_stand_apart(firm: Firm, superuser: asyncpg.Connection) -> None:
    await plant(superuser, firm, [Past(begun=BEGUN, after=0.2), Past(begun=local("2026-11-02 09:00"), after=0.3)])

    before, recent = await cells()
    assert [cell.n for cell in before] == [cell.n for cell in recent] == [1]


async def test_an_action_counts_as_it_was_done(firm: Firm) -> None:
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.time_passes_until("2026-11-24 17:00")
    await firm.wu_resolves(number)
    firm.clock_says("2026-11-25 09:00")

    assert stages((await cells())[1]) == [(0, 1, 0, 1, 0), (1, 1, 0, 1, 0), (2, 1, 0, 1, 1)]


async def test_cells_agree_with_a_slow_count(firm: Firm, superuser: asyncpg.Connection) -> None:
    lot = _random_history(random.Random(7))
    await plant(superuser, firm, lot)

    before, recent = await cells()
    assert Counter({cell.key: cell.n for cell in rules.merged(before, recent)}) == _slowly(lot, await _services(firm))
    assert {cell.key.load for cell in before} == {0, 1, 2}
    assert {cell.key.hops for cell in before} == {0, 1, 2}


def _random_history(dice: random.Random) -> list[Past]:
    return [
        Past(
            begun=BEGUN + timedelta(minutes=dice.randrange(0, 25 * 24 * 60 if n < 60 else 600)),
            after=dice.choice([0.2, 0.6, 0.8, 1.4, None]),
            department=dice.choice(["finance", "hr"]),
            service=dice.choice(["expenses", "anything"]),
            sealed=dice.random() < 0.1,
            passed_on=tuple(sorted(dice.sample([0.1, 0.55, 0.7, 0.9], dice.choice([0, 0, 1, 2, 3])))),
        )
        for n in range(160)
    ]


async def _services(firm: Firm) -> dict[str, int]:
    return {row["code"]: row["id"] for row in await firm.rows(firm.lin, "select id, code from services")}


def _slowly(lot: list[Past], services: dict[str, int]) -> Counter[Key]:
    """Promise by promise, stage by stage; two handlers in finance, one in human resources."""
    counts: Counter[Key] = Counter()
    open_ones = [one for one in lot if not one.sealed]
    for one in open_ones:
        for stage, share in enumerate((0.0, 0.5, 0.75)):
            if one.after is not None and (one.after > share or stage == 0):
                at = one.at(share)
                held = [x for x in open_ones if x.department == one.department and x.begun <= at]
                held = [x for x in held if x.after is None or x.at(x.after) > at]
                load = rules.load(len(held), {"finance": 2, "hr": 1}[one.department])
                hops = min(sum(moment <= share for moment in one.passed_on), 2)
                counts[Key(services[one.service], stage, load, hops)] += 1
    return counts


@pytest.mark.parametrize("handlers", [0, 1, 2, 7])
@pytest.mark.parametrize("requests", [0, 4, 5, 9, 10, 14, 15, 30, 104, 105])
async def test_the_database_and_the_rule_agree_on_load(firm: Firm, requests: int, handlers: int) -> None:
    async with db.acting_as(db.NOBODY):
        assert await db.call("select load_of($1, $2)", requests, handlers) == rules.load(requests, handlers)
