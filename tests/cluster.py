"""One PostgreSQL and one Valkey per test run; in them one database and one Valkey number per xdist worker.

The controller starts and stops both, because it outlives the workers. The first test that wants a database migrates the
template; every worker gets a clone of it. tests/conftest.py imports the hooks and fixtures from here.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import asyncpg
import pytest

from desk.embedded.postgres import THROWAWAY, Postgres
from desk.embedded.valkey import Valkey

TEMPLATE = "desk_template"
_WRITTEN = """
select c.relname from pg_class c
 where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'migration' and pg_relation_size(c.oid) > 0
"""
_FOLDER = pytest.StashKey[Path]()
_CLUSTER = pytest.StashKey["Cluster"]()


class Cluster:
    """Both servers of a folder. Whoever only talks to them need not start them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgres = Postgres(folder, THROWAWAY)
        self.valkey = Valkey(folder)

    def start(self) -> None:
        self.postgres.start()
        self.postgres.make_database()
        self.valkey.start()

    def stop(self) -> None:
        self.valkey.stop()
        self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def clone(self, name: str) -> str:
        """The URL of a fresh migrated database of that name; an older one is dropped."""
        self._migrate_template()
        self.drop(name)
        self.postgres.psql(f"create database {name} template {TEMPLATE} owner desk strategy file_copy")
        return self.postgres.url(name)

    def drop(self, name: str) -> None:
        self.postgres.psql(f"drop database if exists {name} with (force)")

    def _migrate_template(self) -> None:
        """Once per run, by whoever comes first. Renamed when complete, so a failed migration is tried again."""
        with (self.folder / "template.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if TEMPLATE in self.postgres.psql("select datname from pg_database").splitlines():
                return
            half = f"{TEMPLATE}_new"
            self.drop(half)
            self.postgres.psql(f"create database {half} owner desk")
            migrate(self.postgres.url(half))
            self.postgres.psql(f"alter database {half} rename to {TEMPLATE}")


async def tables(root: asyncpg.Connection) -> list[str]:
    """Those that anything was ever written into."""
    return [row["relname"] for row in await root.fetch(_WRITTEN)]


def migrate(url: str) -> None:
    """As a process of its own, like in real life. Fails the test with what it printed."""
    environment = {**os.environ, "DESK_DATABASE_URL": url}
    command = [sys.executable, "-m", "desk.cli", "migrate"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        pytest.fail(f"desk migrate failed:\n{done.stdout}\n{done.stderr}", pytrace=False)


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        config.stash[_FOLDER] = Path(config.workerinput["cluster"])
    elif not config.option.collectonly:
        config.stash[_FOLDER] = Path(tempfile.mkdtemp(prefix="desk-test-"))
        config.stash[_CLUSTER] = Cluster(config.stash[_FOLDER])
        config.stash[_CLUSTER].start()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:  # type: ignore[no-untyped-def]
    node.workerinput["cluster"] = str(node.config.stash.get(_FOLDER, ""))


def pytest_unconfigure(config: pytest.Config) -> None:
    if started := config.stash.get(_CLUSTER, None):
        started.stop()


@pytest.fixture(scope="session")
def cluster(pytestconfig: pytest.Config) -> Cluster:
    return Cluster(pytestconfig.stash[_FOLDER])


@pytest.fixture(scope="session")
def database_url(cluster: Cluster) -> str:
    """This worker's own migrated database, as the login role `desk`."""
    return cluster.clone(f"desk_{_worker()}")


@pytest.fixture(scope="session")
def valkey_url(cluster: Cluster) -> str:
    """This worker's own number in the shared Valkey: FLUSHDB it, never FLUSHALL."""
    digits = "".join(letter for letter in _worker() if letter.isdigit())
    return cluster.valkey.url(int(digits or 0))


def _worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")
