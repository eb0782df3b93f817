"""One Chromium for all browser tests of a run, real desks to look at, and a seat for each person."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from playwright.async_api import Browser, async_playwright

from tests.browser.qq import MX
from tests.browser.running import RunningDesk
from tests.browser.seat import Seat
from tests.browser.walk import TITLES
from tests.cluster import Cluster
from tests.outbox.post import Server, standing

Sit = Callable[..., Awaitable[Seat]]
MORNING = "2026-11-20 09:30"  # a Friday
_QUIETLY = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync"


_OWN = """
select u.token from updates u join tickets t on t.id = u.ticket where t.title = $1 and u.author = t.requester limit 1
"""


_LETTER = "select s.token from sendings s join people p on p.id = s.person where p.login = 'lin' and s.content is not null limit 1"
_NOTED = "select u.token from updates u join tickets t on t.id = u.ticket where t.title = $1 and u.tier >= 2 limit 1"
_PROMISE = """
select p.token from promises p join tickets t on t.id = p.ticket where t.title = $1 and p.kind = 'resolution' limit 1
"""


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        pytest.fail("The browser tests need Chromium: start them with bin/test, which installs it.", pytrace=False)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=_QUIETLY.split())
        yield browser
        await browser.close()


@pytest.fixture
async def sit(chromium: Browser) -> AsyncIterator[Sit]:
    """await sit(desk, "lin", language="en"): signed in, or a stranger without a login. Nothing may have gone wrong."""
    seats: list[Seat] = []

    async def down(desk: RunningDesk, login: str | None = None, **more: Any) -> Seat:
        seats.append(await Seat.take(chromium, desk, **more))
        if login:
            await seats[-1].sign_in(login)
        return seats[-1]

    yield down
    for seat in seats:
        await seat.context.close()
    assert not [trouble for seat in seats for trouble in seat.trouble]


@pytest.fixture(scope="session")
def demo(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """The demo firm in the middle of its work. Tests that change it leave their changes to the others."""
    desk = _desk(cluster, "demo", tmp_path_factory.mktemp("demo"), 4)
    desk.does("desk.cli", "seed")
    desk.start()
    yield desk
    desk.stop()


@pytest.fixture
def desk_of_firm(cluster: Cluster, tmp_path: Path) -> Iterator[RunningDesk]:
    """The tests' small firm (tests/firm.py) on a Friday morning; everybody has the demo's password."""
    yield from _of_firm(_desk(cluster, "story", tmp_path, 8))


@pytest.fixture
def mail_server() -> Iterator[tuple[Server, str]]:
    """The outside world's, and its address: whatever letter leaves is there."""
    server = Server()
    with standing(server) as url:
        yield server, url


@pytest.fixture
def language() -> str:
    """Of whoever has not chosen one; a test with this parameter says another."""
    return "zh-CN"


@pytest.fixture
def desk_with_mail(
    cluster: Cluster, tmp_path: Path, mail_server: tuple[Server, str], language: str
) -> Iterator[RunningDesk]:
    """The same with a postroom, and a server that takes its letters; `MX` says who wrote what comes."""
    mail = {"DESK_SMTP_URL": mail_server[1], "DESK_MAIL_TRUST": MX, "DESK_LANGUAGE": language}
    yield from _of_firm(_desk(cluster, "story", tmp_path, 8, mail))


def _of_firm(desk: RunningDesk) -> Iterator[RunningDesk]:
    desk.does("tests.browser.told")
    desk.clock_says(MORNING)
    desk.start()
    yield desk
    desk.stop()


def _desk(cluster: Cluster, kind: str, folder: Path, valkey: int, mail: Mapping[str, str] | None = None) -> RunningDesk:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    valkey += int(worker) % 4
    return RunningDesk(cluster, f"desk_{kind}_{worker}", folder, valkey=valkey, at=MORNING, mail=mail)


@pytest.fixture(scope="session")
async def places(demo: RunningDesk) -> dict[str, Any]:
    """What the paths of the walk leave open: numbers of requests by the names of TITLES, a rule, an invitation."""
    url = demo.environment["DESK_DATABASE_URL"].replace("//desk@", "//postgres@")
    async with asyncpg.create_pool(url, min_size=1, max_size=1) as everything:
        rows = await everything.fetch("select title, number from tickets")
        own = await everything.fetchval(_OWN, TITLES["judged"])
        promise = await everything.fetchval(_PROMISE, TITLES["judged"])
        noted = await everything.fetchval(_NOTED, TITLES["marked"])
        letter = await everything.fetchval(_LETTER)
        rule = await everything.fetchval("select min(id) from routing_rules")
    numbers = {row["title"]: row["number"] for row in rows}
    link = demo.does("desk.cli", "people", "invite", "meng").split()[-1].removeprefix(demo.address)
    return {name: numbers[title] for name, title in TITLES.items()} | {
        "rule": rule,
        "link": link,
        "own": own,
        "promise": promise,
        "noted": noted,
        "letter": letter,
    }
