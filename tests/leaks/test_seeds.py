"""The harness is tested itself: every leak that is put into the desk is found, where it is and by its law."""

import pytest
from litestar import Litestar

from tests.leaks.cast import READERS
from tests.leaks.hiding import WHOLE, WORLDS, World
from tests.leaks.laws import AGAINST, Difference, Harness
from tests.leaks.seeds import Leak, guards, made, reading, writing
from tests.leaks.worlds import Made, Worlds

pytestmark = pytest.mark.slow
EVERY = (*reading.LEAKS, *guards.LEAKS, *writing.LEAKS, *made.LEAKS)
LEAKS = {leak.name: leak for leak in EVERY}


@pytest.fixture
async def harness(app: Litestar, worlds: Worlds) -> Harness:
    return Harness(app, worlds)


def _pair(law: str) -> tuple[World, World]:
    return WHOLE, next((world for world in WORLDS if world.name == AGAINST.get(law)), WHOLE)


async def _spoilt(harness: Harness, leak: Leak) -> list[Made]:
    """The two worlds that the law compares, with the leak in them."""
    foundry, worlds = harness.worlds.foundry, _pair(leak.law)
    if leak.told:
        return [
            await foundry.make(one, f"{foundry.prefix}_{one.name}_told", kinds=leak.told, sql=leak.sql)
            for one in worlds
        ]
    made = [harness.worlds[one.name] for one in worlds]
    return [await foundry.scratch(one, leak.sql) for one in made] if leak.sql else made


async def _found(harness: Harness, leak: Leak) -> list[Difference]:
    first, second = await _spoilt(harness, leak)
    harness.told = first.told
    reader = READERS[leak.reader]
    if leak.law == "N4":
        return await harness.never_issued(reader, leak.doors, first)
    wanted = leak.wanted(first.told)
    if leak.name == "shared cache":
        await harness.warm(first, wanted)
    return harness.outside(first) + await harness.against(leak.law, reader, wanted, (first, second))


def test_there_are_enough_of_them() -> None:
    assert len(LEAKS) == len(EVERY) >= 40
    assert {leak.law for leak in LEAKS.values()} == {"N1", "N2", "N3", "N4"}


@pytest.mark.parametrize("name", LEAKS)
async def test_a_seeded_leak_is_found(harness: Harness, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    leak = LEAKS[name]
    if leak.patch:
        leak.patch(monkeypatch)

    found = await _found(harness, leak)

    assert found, f"{name}: not found"
    assert (leak.law, leak.reader) in {(one.law, one.reader) for one in found} or name == "job arguments"
    assert all(one.route and one.line for one in found)
