"""Nobody is told twice, and nobody is forgotten."""

import pytest

from tests.faults.trial import Trial, kill, until

pytestmark = pytest.mark.slow
KILLS, WIPES = 20, 5
TOLD = "select array[n.entry, n.person] from notices n join entries e on e.id = n.entry where e.tag = 'request_filed'"


async def lin_files(trial: Trial, many: int) -> None:
    for _ in range(many):
        await trial.firm.lin_asks_for(f"number {await trial.count('tickets')}")


async def is_killed_while_it_tells(trial: Trial) -> bool:
    """False when it was quicker and had told everything."""
    before = await trial.count("notices")
    worker = trial.start("worker")

    async def told() -> bool:
        return await trial.count("notices") > before or await trial.nothing_to_do()

    await until(told)
    kill(worker)
    return not await trial.nothing_to_do()


async def test_400_notices_outlive_20_killed_workers_and_5_wiped_valkeys(trial: Trial):
    interrupted = 0
    for turn in range(KILLS):
        await lin_files(trial, 20 if turn < KILLS // 2 else 0)
        interrupted += await is_killed_while_it_tells(trial)
        if turn % (KILLS // WIPES) == 0:
            await trial.wipe_valkey()
        if turn == KILLS // 2:
            kill(trial.house.valkey.child)
            trial.house.valkey.start()
    trial.start("worker")
    await until(trial.nothing_to_do)

    assert interrupted > KILLS // 4
    wu, zhou = trial.firm.wu.person, trial.firm.zhou.person
    filed = await trial.column("select id from entries where tag = 'request_filed'")
    assert sorted(await trial.column(TOLD)) == sorted([entry, person] for entry in filed for person in (wu, zhou))
    assert await trial.count("notices") == 400


async def test_a_worker_outlives_a_killed_valkey(trial: Trial):
    worker = trial.start("worker")
    await lin_files(trial, 3)
    await until(trial.nothing_to_do)
    kill(trial.house.valkey.child)
    await lin_files(trial, 3)
    assert await trial.count("notices") == 6

    trial.house.valkey.start()
    await until(trial.nothing_to_do)
    assert await trial.count("notices") == 12
    assert worker.alive


async def test_a_worker_outlives_a_killed_postgres(trial: Trial):
    worker = trial.start("worker")
    await lin_files(trial, 3)
    kill(trial.house.postgres.child)
    await trial.restart_postgres()
    await lin_files(trial, 3)

    await until(trial.nothing_to_do)
    assert await trial.count("notices") == 12
    assert worker.alive
