"""Databases that are in no test's way."""

import asyncio
import os
import sys
from collections.abc import Callable, Iterator

import pytest

from tests.cluster import Cluster, _worker

Bare = Callable[[str], str]


async def ran(*words: str, url: str) -> tuple[int, str]:
    """A process of its own: (exit code, what it said)."""
    environment = {**os.environ, "DESK_DATABASE_URL": url}
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", *words, env=environment, stdout=-1, stderr=-2)
    told, _ = await process.communicate()
    return process.returncode or 0, told.decode()


async def migrate(url: str) -> str:
    code, told = await ran("desk.cli", "migrate", url=url)
    assert code == 0, told
    return told


@pytest.fixture
def bare(cluster: Cluster) -> Iterator[Bare]:
    """bare("name"): the URL of an empty database."""
    made: list[str] = []

    def make(name: str) -> str:
        made.append(f"{name}_{_worker()}")
        cluster.drop(made[-1])
        cluster.postgres.psql(f"create database {made[-1]} owner desk")
        return cluster.postgres.url(made[-1])

    yield make
    for name in made:
        cluster.drop(name)
