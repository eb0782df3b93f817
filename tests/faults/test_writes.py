"""What was answered is there, nothing is half, nothing is twice."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.faults.trial import Trial, kill, until

pytestmark = pytest.mark.slow
CLIENTS = 6


class Load:
    """People who file and reply through the API. Who gets no answer tries again under the same key."""

    def __init__(self, trial: Trial, lin: str, wu: str) -> None:
        self.trial, self.lin, self.wu = trial, lin, wu
        self.over = False
        self.answered: list[str] = []  # titles and bodies that the desk said it took
        self.sent: set[str] = set()
        self.refusals: list[httpx.Response] = []

    async def __aenter__(self) -> "Load":
        self.tasks = [asyncio.create_task(self._client(name)) for name in range(CLIENTS)]
        return self

    async def __aexit__(self, *_: object) -> None:
        self.over = True
        await asyncio.gather(*self.tasks)

    async def _client(self, name: int) -> None:
        turn = 0
        while not self.over:
            turn += 1
            title = f"request {turn} of {name}"
            filed = await self._send("/api/requests", self.lin, title, {"title": title, "service": "expenses"})
            if filed is not None:
                body = f"reply to {title}"
                path = f"/api/requests/{filed['number']}/updates"
                await self._send(path, self.wu, body, {"body": body, "answer": True})

    async def _send(self, path: str, token: str, what: str, words: dict[str, Any]) -> dict[str, Any] | None:
        """None when the test was over before there was an answer."""
        self.sent.add(what)
        while not self.over:
            try:
                async with self.trial.client(token) as client:
                    answer = await client.post(path, json=words, headers={"idempotency-key": what})
            except httpx.TransportError:
                await asyncio.sleep(0.05)
                continue
            if answer.status_code == 201:
                self.answered.append(what)
                told: dict[str, Any] = answer.json()
                return told
            self.refusals.append(answer)
            await asyncio.sleep(0.05)
        return None

    async def takes(self, more: int) -> None:
        """Goes on until that many more were answered."""
        before = len(self.answered)

        async def taken() -> bool:
            return len(self.answered) >= before + more

        await until(taken)

    async def is_refused(self) -> None:
        before = len(self.refusals)

        async def refused() -> bool:
            return len(self.refusals) > before

        await until(refused)

    async def written(self) -> list[str]:
        titles = await self.trial.column("select title from tickets")
        return titles + await self.trial.column("select body from updates")


@pytest.fixture
async def load(trial: Trial) -> Load:
    return Load(trial, await trial.token(trial.firm.lin), await trial.token(trial.firm.wu))


async def check_nothing_is_lost_half_or_twice(load: Load) -> None:
    assert await load.trial.broken() == {}
    written = await load.written()
    assert set(load.answered) <= set(written) <= load.sent
    assert len(written) == len(set(written))
    assert {answer.status_code for answer in load.refusals} <= {503}
    assert all(answer.headers["retry-after"] == "2" for answer in load.refusals)


async def test_what_was_answered_outlives_a_killed_postgres(trial: Trial, load: Load):
    await trial.web()
    async with load:
        for _ in range(3):
            await load.takes(20)
            kill(trial.house.postgres.child)
            await load.is_refused()
            await trial.restart_postgres()
            await load.takes(20)

    await check_nothing_is_lost_half_or_twice(load)


async def test_what_was_answered_outlives_a_killed_connection(trial: Trial, load: Load):
    """PostgreSQL ends every connection when one of its processes dies, and recovers by itself."""
    await trial.web()
    async with load:
        for _ in range(3):
            await load.takes(20)
            await trial.kill_a_backend()
            await load.takes(20)

    await check_nothing_is_lost_half_or_twice(load)


async def test_what_was_answered_outlives_a_killed_web(trial: Trial, load: Load):
    web = await trial.web()
    async with load:
        for _ in range(3):
            await load.takes(20)
            kill(web)
            web = await trial.web()
            await load.takes(20)

    await check_nothing_is_lost_half_or_twice(load)


async def test_whoever_was_answered_while_valkey_was_away_is_served_all_the_same(trial: Trial, load: Load):
    await trial.web()
    kill(trial.house.valkey.child)
    async with load:
        await load.takes(20)
    trial.house.valkey.start()
    trial.start("worker")

    await until(trial.nothing_to_do)
    await check_nothing_is_lost_half_or_twice(load)
