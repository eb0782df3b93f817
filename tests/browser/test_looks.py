"""Every page in both colours and at both widths: no barrier (axe-core), nothing beyond the edge, no error, no violation of the CSP."""

from typing import Any

import pytest

from desk.app import ROUTES
from tests.browser.conftest import Sit
from tests.browser.looks import ALL_LOOKS, NARROW, WIDE, faults
from tests.browser.running import RunningDesk
from tests.browser.walk import NO_PAGES, STOPS, Stop

PEOPLE = sorted({stop.who for stop in STOPS})


def test_every_page_of_the_desk_is_walked():
    known = {path for route in ROUTES if "GET" in route.http_methods for path in route.paths}
    pages = {path for path in known if not path.startswith("/api/")} - NO_PAGES
    assert pages == {stop.route for stop in STOPS} - {""}


async def test_the_main_pages_have_no_barrier(demo: RunningDesk, sit: Sit, places: dict[str, Any]):
    found = []
    for who in PEOPLE:
        stops = [stop for stop in STOPS if stop.who == who and stop.main]
        found += await _walk(demo, sit, places, stops, looks=[("light", WIDE)])
    assert not found, "\n".join(found)


@pytest.mark.slow
async def test_the_menu_and_the_keys_have_no_barrier(demo: RunningDesk, sit: Sit):
    page = (await sit(demo, "wu")).page
    await page.locator("[popovertarget=me]").click()
    found = await faults(page, ALL_LOOKS, opened=False)
    await page.keyboard.press("Escape")
    await page.keyboard.press("?")
    found += await faults(page, ALL_LOOKS, opened=False)
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("who", PEOPLE)
async def test_no_page_has_a_barrier(demo: RunningDesk, sit: Sit, places: dict[str, Any], who: str):
    stops = [stop for stop in STOPS if stop.who == who]
    found = await _walk(demo, sit, places, stops, looks=ALL_LOOKS, opened=True)
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("who", PEOPLE)
async def test_no_page_has_a_barrier_in_english(demo: RunningDesk, sit: Sit, places: dict[str, Any], who: str):
    stops = [stop for stop in STOPS if stop.who == who]
    found = await _walk(demo, sit, places, stops, looks=[("light", NARROW), ("dark", WIDE)], language="en", opened=True)
    assert not found, "\n".join(found)


async def _walk(
    desk: RunningDesk,
    sit: Sit,
    places: dict[str, Any],
    stops: list[Stop],
    *,
    looks: list[Any],
    language: str = "zh-CN",
    opened: bool = False,
) -> list[str]:
    if not stops:
        return []
    seat = await sit(desk, stops[0].who or None, language=language)
    found: list[str] = []
    for stop in stops:
        path = (stop.path or stop.route).format(**places)
        status = await seat.go(path)
        found += [] if status == stop.status else [f"{path}: {status} instead of {stop.status}"]
        found += await faults(seat.page, looks, opened=opened)
    return found
