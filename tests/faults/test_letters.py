"""No letter is lost and none counts twice, however often the worker is killed."""

import random

import pytest

from desk import clock, db
from desk.mail.actions import letters
from desk.mail.actions.letters import Arrived
from tests.faults.trial import WHOLE, Trial, kill, until
from tests.intake.post import letter

pytestmark = pytest.mark.slow
KILLS, LETTERS = 25, 200
HELD = "select sender from letters where state = 'kept'"


async def come(trial: Trial, many: int) -> None:
    """Each twice, as when a server sends again because it did not hear that the first was taken."""
    contents = [letter(f"Number {n}", subject=f"Letter {n}", Cc="zhao@example.cn") for n in range(many)]
    for content in contents * 2:
        async with db.acting_as(db.NOBODY):
            await letters.keep(Arrived("smtp", content, sender="lin@example.cn"), at=clock.now())


async def test_letters_outlive_25_killed_workers(trial: Trial) -> None:
    chance = random.Random(5)
    await come(trial, LETTERS)
    for turn in range(KILLS):
        before = await trial.count("tickets")
        worker = trial.start("worker")

        async def goes_on(before: int = before, more: int = chance.randrange(1, 4)) -> bool:
            return await trial.count("tickets") >= before + more or not await trial.column(HELD)

        await until(goes_on)
        kill(worker)
        if turn % 5 == 0:
            await trial.wipe_valkey()
    trial.start("worker")
    trial.start("worker")
    await until(all_understood(trial))

    assert await trial.column("select id from letters where tries > 1")
    assert await trial.count("tickets") == LETTERS
    assert sorted(await trial.column("select outcome from letters")) == ["double"] * LETTERS + ["request"] * LETTERS
    assert {fault: await trial.column(sql) for fault, sql in WHOLE.items() if await trial.column(sql)} == {}


def all_understood(trial: Trial):
    async def understood() -> bool:
        return not await trial.column(HELD)

    return understood
