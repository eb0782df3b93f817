"""What one may not read changes figures by a count of its day, and nothing else; what is sealed changes nothing."""

import re

import asyncpg
import pytest

from tests.firm import Firm
from tests.openness.conftest import Past
from tests.site import Site, Visit

PATHS = ("/openness", "/openness/finance", "/openness/hr", "/api/openness")
FIGURES = re.compile(r'<section class="section figures.*?</section>|"(?:items|overdue)":\[.*?\}\]', re.S)
_RANDOM = re.compile(r'(name="_(?:csrf|key)" value=")\w+|(csrf[^"]*" *: *")\w+')
READERS = ("zhao", "admin", "lin")


async def _walk(site: Site, browser: Visit, login: str) -> dict[str, str]:
    program = await site.program(login)
    seen = {}
    for path in PATHS:
        answer = await (program if path.startswith("/api") else browser.http).get(path)
        assert answer.status_code == 200
        seen[path] = _RANDOM.sub(r"\1\2", answer.text)
    return seen


async def _before_and_after(site: Site, login: str, root: asyncpg.Connection, change: str) -> list[dict[str, str]]:
    browser = await site.browser(login)
    before = await _walk(site, browser, login)
    await root.execute(f"set session_replication_role = replica; {change}; set session_replication_role = origin")
    return [before, await _walk(site, browser, login)]


@pytest.fixture
async def hidden(firm: Firm, past: Past) -> None:
    """Of a year: much that is open, some that is restricted and overdue, some that is sealed, in two departments."""
    for department in (firm.finance, firm.hr):
        await past("2026-05-05", 1, 40, of=department)
        await past("2026-05-06", 3, 7, of=department)
        await past("2026-05-07", 3, 2, of=department, sealed=True)
        await past("2026-10-07", 3, 6, of=department, sealed=True, kind="correction")


@pytest.mark.parametrize("login", READERS)
@pytest.mark.usefixtures("hidden")
async def test_the_content_of_hidden_words_changes_no_figure(
    site: Site, superuser: asyncpg.Connection, login: str
) -> None:
    change = "update updates set body = body || 'y', sentence = 'z', why = 'w', reason = 'legal' where tier >= 3"
    before, after = await _before_and_after(site, login, superuser, change)

    assert after == before


@pytest.mark.parametrize("login", READERS)
@pytest.mark.usefixtures("hidden")
async def test_whether_something_sealed_is_there_changes_no_figure(
    site: Site, superuser: asyncpg.Connection, login: str
) -> None:
    before, after = await _before_and_after(site, login, superuser, "delete from updates where sealed")

    assert after == before


@pytest.mark.parametrize("login", READERS)
@pytest.mark.usefixtures("hidden")
async def test_what_is_restricted_changes_figures_and_nothing_beside_them(
    site: Site, superuser: asyncpg.Connection, login: str
) -> None:
    change = "delete from updates where tier = 3 and not sealed"
    before, after = await _before_and_after(site, login, superuser, change)

    assert after != before
    for path in PATHS:
        assert FIGURES.sub("", after[path]) == FIGURES.sub("", before[path]), path


@pytest.mark.usefixtures("hidden")
async def test_all_readers_read_the_same_figures(site: Site) -> None:
    seen = [(await (await site.program(login)).get("/api/openness")).text for login in (*READERS, "wu", "qian")]

    assert len(set(seen)) == 1


@pytest.mark.usefixtures("hidden")
async def test_today_changes_no_figure(firm: Firm, past: Past, site: Site) -> None:
    """Whoever looks before and after sees no time of day."""
    program = await site.program("zhao")
    before = (await program.get("/api/openness")).text
    await past("2026-11-20", 3, 9)

    assert (await program.get("/api/openness")).text == before
    firm.clock_says("2026-11-21 20:00")
    assert (await program.get("/api/openness")).text != before
