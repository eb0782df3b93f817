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


_STATES = "select state, due_at, settled_at from promises where id > $1 order by id"
_FIRED = """
select promise - $1 as promise, level, at, recipient, via, fired_at from escalations where promise > $1 order by id
"""
_SAID = """
select (data ->> 'promise')::bigint - $1 as promise, (data ->> 'level')::integer as level from entries
 where tag = 'escalated' and (data ->> 'promise')::bigint > $1 order by id
"""
STOPPED, BACK = "2026-11-20 16:15", "2026-11-20 18:15"


async def _day(firm: Firm, moments: Sequence[str]) -> tuple[list[Any], list[Any], list[Any]]:
    """Ninety requests and what was said of them: (escalations as they fired, as the journal has them, verdicts)."""
    last = (await firm.rows(firm.lin, "select coalesce(max(id), 0) from promises"))[0][0]
    for n in range(90):
        firm.clock_says(f"2026-11-20 15:{n // 3:02d}")
        number = await taken(firm)
        if n % 5 == 0:
            await firm.wu_asks(number)
    for moment in moments:
        await firm.time_passes_until(moment)
    first = (await firm.rows(firm.lin, "select min(id) from promises where id > $1", last))[0][0]
    return [await firm.rows(firm.lin, sql, first - 1) for sql in (_FIRED, _SAID, _STATES)]  # type: ignore[return-value]


async def test_a_worker_that_was_stopped_for_two_hours_reaches_the_verdicts_of_an_undisturbed_one(order: Firm):
    """Over two hundred thresholds: each escalation once, in order, and with how late it was."""
    after = [*(moment for moment in DAY if moment > BACK), "2026-11-26 12:00"]
    before = [moment for moment in DAY if moment <= STOPPED]
    calm, _, verdicts = await _day(order, [*DAY, "2026-11-26 12:00"])
    late, said, same = await _day(order, [*before, BACK, *after])

    missed = [row for row in late if told(row["fired_at"]) == BACK]
    assert len(missed) >= 200
    assert [row["at"] for row in missed] == sorted(row["at"] for row in missed)
    assert {row["level"] for row in missed} == {1, 2, 3}
    assert max(row["fired_at"] - row["at"] for row in missed) == timedelta(hours=1, minutes=45)
    assert len({(row["promise"], row["level"]) for row in late}) == len(late)
    assert [(row["promise"], row["level"]) for row in said] == [(row["promise"], row["level"]) for row in late]
    assert sorted(tuple(row)[:5] for row in late) == sorted(tuple(row)[:5] for row in calm)
    assert same == verdicts


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
