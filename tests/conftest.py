"""What every test may ask for. The servers come from tests/cluster.py, the cast from tests/firm.py."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import asyncpg
import pytest
from hypothesis import settings as hypothesis

from desk import db, queue, settings
from desk.sla.queries import forecasts
from tests.cluster import (
    Cluster,
    cluster,
    database_url,
    pytest_configure,
    pytest_configure_node,
    pytest_unconfigure,
    tables,
    valkey_url,
)
from tests.firm import firm
from tests.site import app, site

__all__ = [
    "app",
    "cluster",
    "database_url",
    "firm",
    "pytest_configure",
    "pytest_configure_node",
    "pytest_unconfigure",
    "site",
    "valkey_url",
]

hypothesis.register_profile("desk", deadline=None)  # a busy machine is no fault
hypothesis.load_profile("desk")


class Clock:
    """The file that DESK_CLOCK names, shared by every process of the desk."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def set(self, at: datetime) -> None:
        half = self.file.with_suffix(".new")
        half.write_text(at.isoformat())
        half.replace(self.file)
        self.at = at

    def move(self, **by: float) -> None:
        self.set(self.at + timedelta(**by))


@pytest.fixture(scope="session")
def environment(database_url: str, valkey_url: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """This worker's own servers, files and settings, for everything that reads the environment."""
    patch = pytest.MonkeyPatch()
    patch.setenv("DESK_DATABASE_URL", database_url)
    patch.setenv("DESK_VALKEY_URL", valkey_url)
    patch.setenv("DESK_DATA", str(tmp_path_factory.mktemp("data")))
    settings.current.cache_clear()


@pytest.fixture(scope="session")
async def pool(environment: None) -> AsyncIterator[None]:
    await db.open_pool(db.address())
    yield
    await queue.close()
    await db.close_pool()


@pytest.fixture(scope="session")
async def superuser(cluster: Cluster, database_url: str, pool: None) -> AsyncIterator[asyncpg.Connection]:
    """Sees and may do everything: for cleaning, and for planting what no action would write."""
    connection = await asyncpg.connect(database_url.replace("//desk@", "//postgres@"))
    yield connection
    await connection.close()


_cleaned = count(1)
_SWEPT_EVERY = 200  # cleanings: nothing else takes away what they leave


@pytest.fixture
async def desk(superuser: asyncpg.Connection) -> None:
    """An empty desk: the database is cleaned before the test, so that a failed one can be looked at."""
    forecasts.held.at = None  # time stands still at the same instant in every test
    if names := await tables(superuser):
        deletes = "; ".join(f'delete from "{name}"' for name in names)  # noqa: S608
        await superuser.execute(
            f"set session_replication_role = replica; {deletes}; set session_replication_role = origin"
        )
    if next(_cleaned) % _SWEPT_EVERY == 0:
        await superuser.execute("vacuum")


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Clock]:
    """Time stands still at 15:00 in Shanghai on a Friday, until the test moves it."""
    held = Clock(tmp_path / "clock")
    held.set(datetime(2026, 11, 20, 7, tzinfo=UTC))
    monkeypatch.setenv("DESK_CLOCK", str(held.file))
    settings.current.cache_clear()
    yield held
    monkeypatch.undo()
    settings.current.cache_clear()
