"""What is hidden changes nothing that somebody sees who may not read it: N1 to N4, every reader, every route, six places.

A failure names law, reader, route, place and the first line that differs. What a world is: story.py; who walks: cast.py; where: routes.py.
"""

from datetime import date, timedelta

import pytest
from litestar import Litestar

from tests.leaks.cast import READERS
from tests.leaks.hiding import WHOLE
from tests.leaks.laws import AGAINST, Difference, Harness
from tests.leaks.walk import paths
from tests.leaks.worlds import Worlds

pytestmark = pytest.mark.slow
_DAY = date(2026, 11, 20)
# what is kept shut there is told apart by what was done to it; who asked for access is no business of 赵's
MOVED = {"labels moved": 4, "known to some": 1, "words removed": 1, "asked for": 1, "split": 1, "access": 1}


@pytest.fixture
async def harness(app: Litestar, worlds: Worlds) -> Harness:
    return Harness(app, worlds)


def told(found: list[Difference]) -> str:
    return "\n".join(map(str, found[:40])) + f"\n{len(found)} differences" if found else ""


@pytest.mark.parametrize("name", READERS)
async def test_what_is_hidden_changes_nothing_for(harness: Harness, name: str) -> None:
    reader = READERS[name]
    whole = await harness.seen(harness.worlds[WHOLE.name], reader)
    found = [
        Difference("all", name, route, "", "fails") for route, answer in whole.items() if answer.status >= 500
    ]  # fmt: skip
    for law, other in AGAINST.items():
        if law in reader.laws:
            found += harness.differences(law, reader, whole, await harness.seen(harness.worlds[other], reader))
    if "N1" in reader.laws:
        found += await harness.figures(reader, whole)

    assert told(found) == ""


@pytest.mark.parametrize("name", READERS)
async def test_what_is_hidden_and_what_never_was_are_one_to(harness: Harness, name: str) -> None:
    assert told(await harness.never_issued(READERS[name])) == ""


async def test_whoever_may_read_it_goes_first_and_leaves_nothing_behind(harness: Harness) -> None:
    made = harness.worlds[WHOLE.name]
    await harness.warm(made, paths(harness.told))
    seen = await harness.seen(made, READERS["zhao"])

    assert told(harness.said("zhao", made.world, seen)) == ""


async def test_no_job_and_no_bell_carries_words(harness: Harness) -> None:
    found = [one for made in harness.worlds.values() for one in harness.outside(made)]

    assert told(found) == ""
    assert len(harness.worlds[WHOLE.name].bells) > 100


async def test_a_marker_says_five_facts_and_stands_there_once(harness: Harness) -> None:
    seen = await harness.seen(harness.worlds[WHOLE.name], READERS["zhao"])
    for number, place in harness.told.places.items():
        page, shown = seen[f"/requests/{number}"], seen[f"/api/requests/{number}"]
        kind = "" if "sealed" in place else place.partition(",")[0]
        expected = _markers(kind)
        count = 1 if number in harness.told.marked else MOVED.get(kind, len(expected))
        assert page.body.count('<li class="marker">') == count, place
        if page.status == 200 and kind not in MOVED:
            assert harness.markers(shown) == expected, place


def _markers(kind: str) -> list[tuple[object, ...]]:
    """By the kind of what is hidden in a request as a portion of it."""
    if kind in ("note", "file", "word", "ask", "correction"):
        return [(3, "财务部", _DAY, "legal", _DAY + timedelta(days=90))]
    if kind == "core":
        return [(4, "财务部", date(2026, 11, 1), "legal", date(2026, 11, 30) + timedelta(days=180))]
    return []
