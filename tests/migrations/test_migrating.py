"""Migrations run once, also when two start them at once."""

import asyncio

from tests.migrations.conftest import Bare, ran


async def test_of_two_at_once_the_second_waits_and_finds_nothing_left(bare: Bare) -> None:
    url = bare("twice")

    both = await asyncio.gather(*(ran("desk.cli", "migrate", url=url) for _ in range(2)))

    assert [code for code, _ in both] == [0, 0], both
    assert sorted("up to date" in told for _, told in both) == [False, True], both
