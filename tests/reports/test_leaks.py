"""赵 stands above the head of human resources and may read none of what is restricted there: figures and markers, nothing else."""

import re

import asyncpg
import pytest

from desk import db
from desk.directory import actions as directory
from tests.firm import Firm
from tests.site import Site

PATHS = (
    *("/reports/hr", "/reports/hr/promises", "/reports/hr/promises?kind=first_reply&service=payroll", "/reports"),
    *(f"/reports/hr/tabs/{tab}" for tab in ("flow", "dependence", "trends")),
    *(f"/reports/hr/requests?what={what}" for what in ("came", "finished")),
)
FIGURES = re.compile(r'<section class="section figures.*?</section>', re.S)
MARKERS = re.compile(r'<section class="section contain" aria-labelledby="hidden">.*?</section>', re.S)
NOTHING = re.compile(r'<p class="muted">[^<]*</p>')
_RANDOM = re.compile(r'(name="_(?:csrf|key)" value=")\w+|(csrf[^"]*" *: *")\w+|(/access/ask\?of=)[\w.-]+')
_AWAY = "delete from promises p using tickets t where t.id = p.ticket and {0}; delete from tickets t where {0}"


@pytest.fixture
async def hidden(firm: Firm, superuser: asyncpg.Connection) -> None:
    """Seven restricted requests that nobody answered, one of them sealed."""
    async with db.acting_as(db.NOBODY):
        await directory.set_head(firm.hr, firm.han.person)
        await directory.set_superior(firm.han.person, firm.zhao.person)
    for n in range(7):
        number = await firm.lin_asks_for(f"secret {n}", service="payroll")
    await superuser.execute("update tickets set sealed = true, sealed_until = '2027-01-01' where number = $1", number)
    await firm.time_passes_until("2026-11-23 11:00")


async def _walk(site: Site, login: str) -> dict[str, str]:
    browser = await site.browser(login)
    return {path: _RANDOM.sub(r"\1\2\3", (await browser.http.get(path)).text) for path in PATHS}


async def _before_and_after(site: Site, root: asyncpg.Connection, change: str) -> list[dict[str, str]]:
    before = await _walk(site, "zhao")
    await root.execute(f"set session_replication_role = replica; {change}; set session_replication_role = origin")
    return [before, await _walk(site, "zhao")]


@pytest.mark.usefixtures("hidden")
async def test_hidden_words_stand_nowhere_and_change_nothing(site: Site, superuser: asyncpg.Connection) -> None:
    change = "update tickets set title = title || 'y', body = body || 'y', sentence = 'z' where tier >= 3"
    before, after = await _before_and_after(site, superuser, change)

    assert after == before
    assert "6件中失约6件" in before["/reports/hr"]
    assert not any("secret" in page or "/requests/" in page for page in before.values())


@pytest.mark.usefixtures("hidden")
async def test_what_is_sealed_is_in_no_figure_and_behind_no_marker(site: Site, superuser: asyncpg.Connection) -> None:
    before, after = await _before_and_after(site, superuser, _AWAY.format("t.sealed"))

    assert after == before


@pytest.mark.usefixtures("hidden")
async def test_what_is_restricted_changes_figures_and_markers_alone(site: Site, superuser: asyncpg.Connection) -> None:
    before, after = await _before_and_after(site, superuser, _AWAY.format("t.tier >= 3"))

    assert after != before
    for path in PATHS:
        assert _bare(after[path]) == _bare(before[path]), path


def _bare(page: str) -> str:
    return re.sub(r"\s+", " ", NOTHING.sub("", MARKERS.sub("", FIGURES.sub("", page))))
