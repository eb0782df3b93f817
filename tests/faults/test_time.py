"""What time does, it does also when nobody was there to look."""

from typing import Any

import asyncpg
import pytest

from desk.sla import jobs as sla
from desk.tickets import jobs as tickets
from tests.conftest import Clock
from tests.faults.conftest import House, own
from tests.faults.trial import Trial, kill, until
from tests.firm import found, local

pytestmark = pytest.mark.slow
STOPPED, BACK = local("2026-11-20 16:30"), local("2026-11-20 18:30")
VERDICTS = """
select t.title, p.kind, p.state, p.settled_at, array_agg(e.kind || ' ' || e.at order by e.id) as events,
       (select count(*) from entries n where n.tag = 'promise_broken' and (n.data->>'promise')::bigint = p.id) as told
  from promises p join tickets t on t.id = p.ticket join promise_events e on e.promise = p.id
 group by t.title, p.id order by t.title, p.id
"""


async def work_begins(trial: Trial, clock: Clock) -> None:
    """Filed at 15:00: one waits for a first reply, one for a word by 17:00, one for its requester."""
    clock.set(local("2026-11-20 15:00"))
    firm = trial.firm = await found(clock)
    await firm.lin_asks_for("is not answered")
    await firm.wu_expects(await firm.lin_asks_for("has a word"), "2026-11-20 17:00")
    await firm.wu_asks(await firm.lin_asks_for("is asked back"))
    clock.set(STOPPED)


async def verdicts(trial: Trial) -> list[dict[str, Any]]:
    return [dict(row) for row in await trial.superuser.fetch(VERDICTS)]


async def undisturbed(house: House, clock: Clock) -> list[dict[str, Any]]:
    async with own(house, "undisturbed") as trial:
        await work_begins(trial, clock)
        while clock.at < BACK:
            clock.move(minutes=5)
            await sla.sweep()
            await tickets.sweep()
        return await verdicts(trial)


async def overdue(superuser: asyncpg.Connection) -> bool:
    left = "select count(*) from promises where settled_at is null and next_threshold_at <= $1"
    return bool(await superuser.fetchval(left, BACK))


async def test_a_worker_that_was_away_for_two_hours_reaches_the_same_verdicts(house: House, still: Clock):
    expected = await undisturbed(house, still)
    async with own(house, "trial") as trial:
        await work_begins(trial, still)
        worker = trial.start("worker")
        await until(trial.nothing_to_do)
        kill(worker)
        still.set(BACK)
        trial.start("worker")
        await until(lambda: settled(trial))
        reached = await verdicts(trial)

    assert reached == expected
    broken = {(one["title"], one["kind"]): one["told"] for one in reached if one["state"] == "broken"}
    assert broken == {("is not answered", "first_reply"): 1, ("has a word", "expectation"): 1}


async def settled(trial: Trial) -> bool:
    return not await overdue(trial.superuser) and await trial.nothing_to_do()
