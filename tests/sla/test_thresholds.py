"""The levels of a promise are told in order: the database keeps no promise whose shares are not."""

import asyncpg
import pytest

from tests.firm import Firm, local

HALF, RISK, BREAKS, MORE = (local(f"2026-11-20 {hour}:00") for hour in (10, 12, 14, 16))


@pytest.mark.parametrize(
    "wrong",
    [
        [RISK, HALF, BREAKS, MORE],
        [HALF, BREAKS, RISK, MORE],
        [HALF, RISK, MORE, BREAKS],
        [HALF, RISK, BREAKS, MORE, MORE],
    ],
)
async def test_thresholds_out_of_order_are_not_kept(firm: Firm, superuser: asyncpg.Connection, wrong: list) -> None:
    number = await firm.lin_asks_for("a laptop")
    before = [one["thresholds"] for one in await firm.promises(number, "resolution")]

    with pytest.raises(asyncpg.CheckViolationError):
        await superuser.execute("update promises set thresholds = $1", wrong)
    assert [one["thresholds"] for one in await firm.promises(number, "resolution")] == before


@pytest.mark.parametrize("right", [[], [HALF], [HALF, RISK, BREAKS, MORE], [BREAKS, BREAKS, BREAKS, MORE]])
async def test_what_ascends_is_kept(firm: Firm, superuser: asyncpg.Connection, right: list) -> None:
    await firm.lin_asks_for("a laptop")
    await superuser.execute("update promises set thresholds = $1", right)
    assert {tuple(row["thresholds"]) for row in await superuser.fetch("select thresholds from promises")} == {
        tuple(right)
    }
