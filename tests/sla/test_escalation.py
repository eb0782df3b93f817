"""Level by level: who hears of a promise, when, and in whose stead; each level once, in order, however late."""

import random
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from desk import clock, db
from desk.directory import actions as directory
from desk.sla.rules.escalation import Line
from tests.firm import Firm, local, told

_LEVELS = """
select e.level, p.login, e.via, e.at, e.fired_at from escalations e left join people p on p.id = e.recipient
 where e.ticket = (select id from tickets where number = $1) and e.item like 'ticket:%'
   and e.promise = (select id from promises where ticket = e.ticket and kind = 'first_reply') order by e.id
"""
_UNDER = "insert into superiors (person, superior, since) values ($1, $2, $3)"
_AWAY = "insert into absences (person, deputy, since, until) values ($1, $2, $3, $4)"
# whoever looks may read everything here: the first reply is answered late on Friday
DAY = [f"2026-11-20 {hour}:{minute:02d}" for hour in range(14, 24) for minute in (0, 15, 30, 45)]


async def stands_under(firm: Firm, *chain: Any) -> None:
    async with db.acting_as(firm.admin):
        for one, superior in pairwise(chain):
            await directory.set_superior(one.person, superior.person)


async def levels(firm: Firm, number: int) -> list[tuple[int, str | None, str]]:
    return [(row["level"], row["login"], row["via"]) for row in await firm.rows(firm.lin, _LEVELS, number)]


@pytest.fixture
async def order(firm: Firm) -> Firm:
    """吴 under 钱 under 赵 under 安."""
    await stands_under(firm, firm.wu, firm.qian, firm.zhao, firm.admin)
    return firm


async def taken(firm: Firm) -> int:
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_takes(number)
    return number


async def test_each_level_hears_when_its_share_is_used_up(order: Firm):
    number = await taken(order)
    await order.time_passes_until("2026-11-20 17:00")
    assert await levels(order, number) == [(1, "wu", "direct")]

    await order.time_passes_until("2026-11-20 18:01")
    await order.time_passes_until("2026-11-24 18:00")
    assert await levels(order, number) == [
        (1, "wu", "direct"), (2, "qian", "direct"), (3, "zhao", "direct"), (4, "admin", "direct"),
    ]  # fmt: skip


async def test_whoever_is_away_is_stood_in_for_and_without_a_deputy_the_level_is_unfilled(order: Firm):
    number, until = await taken(order), local("2026-12-01 09:00")
    async with db.acting_as(order.admin):
        await directory.set_absence(order.qian.person, deputy=order.zhou.person, since=clock.now(), until=until)
        await directory.set_absence(order.zhao.person, deputy=None, since=clock.now(), until=until)
    await order.time_passes_until("2026-11-20 18:01")

    assert await levels(order, number) == [(1, "wu", "direct"), (2, "zhou", "deputy"), (3, None, "unfilled")]


async def test_nobody_stands_above_the_top(firm: Firm):
    await stands_under(firm, firm.wu, firm.qian)
    number = await taken(firm)
    await firm.time_passes_until("2026-11-24 18:00")

    assert await levels(firm, number) == [
        (1, "wu", "direct"), (2, "qian", "direct"), (3, None, "top"), (4, None, "top"),
    ]  # fmt: skip


async def test_what_nobody_took_is_the_heads(order: Firm):
    number = await order.lin_asks_for("a taxi receipt")
    await order.time_passes_until("2026-11-20 18:01")

    assert [level[1] for level in await levels(order, number)] == ["qian", "zhao", "admin"]


async def test_whoever_answers_in_time_stops_it(order: Firm):
    number = await taken(order)
    await order.time_passes_until("2026-11-20 17:00")
    await order.wu_replies(number)
    await order.time_passes_until("2026-11-24 18:00")

    assert await levels(order, number) == [(1, "wu", "direct")]


async def _told(firm: Firm, moments: Sequence[str]) -> list[tuple[Any, ...]]:
    """Forty requests, two hundred thresholds and more: what was said of them, without when it was noticed."""
    for n in range(40):
        firm.clock_says(f"2026-11-20 {10 + n % 5}:{n % 60:02d}")
        number = await taken(firm)
        if n % 3 == 0:
            await firm.wu_asks(number)
    for moment in moments:
        await firm.time_passes_until(moment)
    rows = await firm.rows(
        firm.lin, "select promise - (select min(promise) from escalations) as promise, level, at, recipient, fired_at"
        " from escalations order by at, promise, level",
    )  # fmt: skip
    assert all(row["fired_at"] >= row["at"] for row in rows)
    return [(row["promise"], row["level"], row["at"], row["recipient"]) for row in rows]


async def test_a_worker_that_was_stopped_for_two_hours_reaches_the_same_verdicts(order: Firm):
    calm = await _told(order, [*DAY, "2026-11-26 12:00"])
    verdicts = sorted(row["state"] for row in await order.rows(order.lin, "select state from promises"))
    half = len(calm)
    late = await _told(order, [*DAY[:10], "2026-11-20 18:30", *DAY[20:], "2026-11-26 12:00"])

    assert half >= 100
    assert [row[1:] for row in late if row[0] > max(one[0] for one in calm)] == [row[1:] for row in calm]
    after = sorted(row["state"] for row in await order.rows(order.lin, "select state from promises"))
    assert after == sorted([*verdicts, *verdicts])


async def test_missed_levels_fire_in_order_and_say_how_late(order: Firm):
    number = await taken(order)
    await order.time_passes_until("2026-11-20 20:00")
    rows = await order.rows(order.lin, _LEVELS, number)

    assert [row["level"] for row in rows] == [1, 2, 3]
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    assert {told(row["fired_at"]) for row in rows} == {"2026-11-20 20:00"}
    assert rows[-1]["fired_at"] - rows[-1]["at"] == timedelta(hours=2, seconds=-1)


async def test_the_database_climbs_as_the_rule_does(firm: Firm):
    dice = random.Random(20)
    people = [firm.people[name] for name in ("wu", "zhou", "qian", "zhao", "han", "meng", "admin")]
    for _ in range(30):
        chain = dice.sample(people, dice.randint(1, 5))
        away = {
            one: dice.choice([None, *(other for other in people if other is not one)])
            for one in people
            if dice.random() < 0.4
        }
        line = Line(
            [str(one.person) for one in chain], {str(one.person) for one in away},
            {str(one.person): str(deputy.person) for one, deputy in away.items() if deputy},
        )  # fmt: skip
        found = await _climbed(firm, chain, away)
        assert found == [line.at(level) for level in range(len(chain) + 1)]


async def _climbed(firm: Firm, chain: list[Any], away: dict[Any, Any]) -> list[tuple[str | None, str]]:
    """What line_at says of a chain and absences that hold for this transaction only."""
    at, rows = clock.now(), []
    with pytest.raises(ZeroDivisionError):
        async with db.acting_as(firm.admin):
            for one, superior in pairwise(chain):
                await db.fetch(_UNDER, one.person, superior.person, at)
            for one, deputy in away.items():
                await db.fetch(_AWAY, one.person, deputy and deputy.person, at, at + timedelta(days=1))
            for level in range(len(chain) + 1):
                rows.append(await db.fetch_one("select * from line_at($1, $2, $3)", chain[0].person, level + 1, at))
            raise ZeroDivisionError
    return [(str(row["person"]) if row["person"] else None, row["via"]) for row in rows]
