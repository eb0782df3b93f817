"""Migrations run once, also when two start them at once."""

import asyncio
import os
import sys

from tests.cluster import Cluster


async def _migrate(url: str) -> tuple[int, str]:
    environment = {**os.environ, "DESK_DATABASE_URL": url}
    command = [sys.executable, "-m", "desk.cli", "migrate"]
    process = await asyncio.create_subprocess_exec(*command, env=environment, stdout=-1, stderr=-2)
    told, _ = await process.communicate()
    return process.returncode or 0, told.decode()


async def test_of_two_at_once_the_second_waits_and_finds_nothing_left(cluster: Cluster) -> None:
    cluster.drop("twice")
    cluster.postgres.psql("create database twice owner desk")
    url = cluster.postgres.url("twice")

    (first, told), (second, also) = await asyncio.gather(_migrate(url), _migrate(url))

    assert (first, second) == (0, 0), told + also
    assert sorted("up to date" in words for words in (told, also)) == [False, True], told + also
    cluster.drop("twice")
