"""A desk of its own for each fault test: a fresh database on servers that may be killed, and real processes."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from desk import queue, settings
from desk.embedded.postgres import Postgres
from tests.cluster import Cluster
from tests.elsewhere import elsewhere
from tests.faults.trial import Trial
from tests.firm import found
from tests.mail.conftest import dovecot, inbox
from tests.outbox.post import Server, listening

__all__ = ["dovecot", "inbox"]


class House(Cluster):
    """Unlike the servers of the other tests this PostgreSQL keeps what it has said is kept."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.postgres = Postgres(folder, {"fsync": "off"})  # the machine itself is not killed


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    house = House(Path(tempfile.mkdtemp(prefix="desk-fault-")))
    house.start()
    yield house
    house.stop()


@pytest.fixture
async def trial(house: House) -> AsyncIterator[Trial]:
    """An empty desk with the firm of tests/firm.py, in real time."""
    async with own(house, "trial") as trial:
        trial.firm = await found(None)
        yield trial


@asynccontextmanager
async def own(house: House, name: str) -> AsyncIterator[Trial]:
    """This process turns to a fresh database of the house, and afterwards back to where it was."""
    url = house.clone(name)
    patch = pytest.MonkeyPatch()
    patch.setenv("DESK_DATABASE_URL", url)
    patch.setenv("DESK_VALKEY_URL", house.valkey.url())
    patch.setenv("DESK_DATA", str(house.folder / name))
    bell, queue._line().pool = queue._line().pool, None
    settings.current.cache_clear()
    await (await queue.connection()).flushall()
    trial = Trial(house, await asyncpg.connect(url.replace("//desk@", "//postgres@")))
    try:
        async with elsewhere(url):
            yield trial
    finally:
        await trial.close()
        await queue.close()
        queue._line().pool = bell
        patch.undo()
        settings.current.cache_clear()


@pytest.fixture
def server(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Where the letters of the trial's desk go."""
    with listening(monkeypatch) as server:
        yield server
