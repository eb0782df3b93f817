"""The line beside a promise, the page that publishes how good it is, and the nightly fit behind them."""

from datetime import datetime, timedelta

import asyncpg
import pytest

from desk import clock, db
from desk.catalog import actions as catalog
from desk.catalog.actions import Draft
from desk.sla import jobs
from desk.sla.commands import foretold
from desk.sla.queries import forecasts
from desk.sla.rules.targets import SameDay
from tests.firm import Firm, local
from tests.site import Site
from tests.sla.prediction.history import Past, plant

BEFORE, RECENT = local("2026-09-01 09:00"), local("2026-11-02 09:00")
LINE = "33 of 66 like this were late (same service, as much time used, department as busy, as many handovers)"
FORECASTS = "select day, mode, closed, late, tested::text, cells::text, loads::text from forecasts order by day"


def requests(begun: datetime, n: int, **more: object) -> list[Past]:
    """Expenses are late every other time, anything else never is; each begins when the one before is settled."""
    services = [("expenses", 1.2), ("expenses", 0.9), ("anything", 0.9), ("anything", 0.9)]
    lot = [services[i % 4] for i in range(n)]
    return [
        Past(begun=begun + i * timedelta(hours=12), after=after, service=service, **more)  # type: ignore[arg-type]
        for i, (service, after) in enumerate(lot)
    ]


async def lived(superuser: asyncpg.Connection, firm: Firm, *lots: list[Past]) -> None:
    await plant(superuser, firm, [one for lot in lots for one in lot])
    await jobs.foresee()


@pytest.fixture
async def foreseeing(site: Site, superuser: asyncpg.Connection) -> Site:
    """A year in which a forecast has skill."""
    await lived(superuser, site.firm, requests(BEFORE, 100), requests(RECENT, 32))
    return site


async def page(site: Site, who: str, path: str) -> str:
    return (await (await site.browser(who, **{"accept-language": "en"})).get(path)).text


@pytest.mark.parametrize("who", ["lin", "wu", "qian", "zhao"])
async def test_whoever_reads_the_promise_reads_what_became_of_those_like_it(foreseeing: Site, who: str) -> None:
    number = await foreseeing.firm.lin_asks_for("a taxi receipt")

    shown = await page(foreseeing, who, f"/requests/{number}")
    assert LINE in shown
    assert 'href="/forecast"' in shown


async def test_it_is_silent_when_there_is_nothing_left_to_foresee(foreseeing: Site) -> None:
    number = await foreseeing.firm.lin_asks_for("a taxi receipt")
    await foreseeing.firm.wu_resolves(number)

    assert "like this" not in await page(foreseeing, "lin", f"/requests/{number}")


async def test_where_none_was_like_it_the_group_is_wider(foreseeing: Site) -> None:
    number = await foreseeing.firm.lin_asks_for("a taxi receipt")
    await foreseeing.firm.time_passes_until("2026-11-24 17:00")
    resolution = (await foreseeing.firm.promises(number, "resolution"))[0]
    assert resolution["level"] == 2
    await foreseeing.firm.wu_hands_over(number, foreseeing.firm.hr)
    await jobs.foresee()

    assert "(same service, as much time used)" in await page(foreseeing, "lin", f"/requests/{number}")


async def test_an_invited_guest_is_told_nothing_of_it(foreseeing: Site) -> None:
    async with db.acting_as(db.NOBODY):
        badge = Draft(department="finance", name_zh="门禁卡", name_en="A badge", tier=0, resolution=SameDay())
        await catalog.add_service("badge", badge)
    number = await foreseeing.firm.files(foreseeing.firm.guest, "a badge", service="badge")

    assert "like this" in await page(foreseeing, "wu", f"/requests/{number}")
    assert "like this" not in await page(foreseeing, "guest", f"/requests/{number}")
    assert (await (await foreseeing.browser("guest")).get("/forecast")).status_code == 403


async def test_every_employee_reads_how_good_it_has_been(foreseeing: Site) -> None:
    shown = await page(foreseeing, "zhao", "/forecast")

    assert "On: in the last four weeks" in shown
    for words in (
        "Skill of the model",
        "Brier score of the line",
        "never about a person",
        "0–10%",
        "three quarters used",
    ):
        assert words in shown
    assert "132" in shown


async def test_without_skill_it_is_silent_and_says_why(site: Site, superuser: asyncpg.Connection) -> None:
    turned = [Past(begun=one.begun, after=2.1 - (one.after or 0), service=one.service) for one in requests(RECENT, 40)]
    await lived(superuser, site.firm, requests(BEFORE, 120), turned)
    number = await site.firm.lin_asks_for("a taxi receipt")

    assert "like this" not in await page(site, "lin", f"/requests/{number}")
    assert "Switched itself off: in the last four weeks it was no better" in await page(site, "lin", "/forecast")


async def test_with_few_requests_the_rate_of_all_is_told(site: Site, superuser: asyncpg.Connection) -> None:
    await lived(superuser, site.firm, requests(BEFORE, 40))
    number = await site.firm.lin_asks_for("a taxi receipt")

    assert "Resolution: 10 of all 40 so far were late." in await page(site, "lin", f"/requests/{number}")
    assert "Only the rate of all is told" in await page(site, "lin", "/forecast")


async def test_counts_below_five_are_not_told(site: Site, superuser: asyncpg.Connection) -> None:
    await lived(superuser, site.firm, requests(BEFORE, 12))
    number = await site.firm.lin_asks_for("a taxi receipt")

    assert "Fewer than 5 of all 12 so far" in await page(site, "lin", f"/requests/{number}")
    shown = await page(site, "lin", "/forecast")
    assert "&lt;5, &lt;42%" in shown
    assert "25%" not in shown


async def test_before_the_first_night_the_page_says_so(site: Site) -> None:
    number = await site.firm.lin_asks_for("a taxi receipt")

    assert "Nothing has been counted yet" in await page(site, "lin", "/forecast")
    assert "How this is counted" not in await page(site, "lin", f"/requests/{number}")


async def test_whether_something_sealed_is_there_changes_no_number(site: Site, superuser: asyncpg.Connection) -> None:
    await lived(superuser, site.firm, requests(BEFORE, 112), requests(RECENT, 32))
    known = await superuser.fetch(FORECASTS)
    await superuser.execute("delete from forecasts")
    hidden = [Past(begun=RECENT, after=None, sealed=True) for _ in range(30)]
    await lived(superuser, site.firm, requests(BEFORE, 40, sealed=True), requests(RECENT, 40, sealed=True), hidden)

    assert await superuser.fetch(FORECASTS) == known


async def test_one_fit_a_day_and_the_load_of_the_hour(site: Site, superuser: asyncpg.Connection) -> None:
    await lived(superuser, site.firm, requests(BEFORE, 20))
    await lived(superuser, site.firm, [Past(begun=RECENT, after=None) for _ in range(12)])
    (row,) = await superuser.fetch(FORECASTS)
    assert (row["closed"], row["loads"]) == (20, f'{{"{site.firm.finance}": 1}}')

    site.firm.clock_says("2026-11-21 00:23")
    await jobs.foresee()
    assert [str(row["day"]) for row in await superuser.fetch(FORECASTS)] == ["2026-11-20", "2026-11-21"]


async def test_a_process_asks_again_after_five_minutes(site: Site, superuser: asyncpg.Connection) -> None:
    await lived(superuser, site.firm, requests(BEFORE, 40))
    number = await site.firm.lin_asks_for("a taxi receipt")
    path = f"/requests/{number}"
    assert "of all 40" in await page(site, "lin", path)

    await superuser.execute("delete from forecasts")
    assert "of all 40" in await page(site, "lin", path)
    site.firm.clock_says("2026-11-20 15:05")
    assert "of all 40" not in await page(site, "lin", path)


async def test_after_three_days_without_a_night_it_is_silent(foreseeing: Site) -> None:
    number = await foreseeing.firm.lin_asks_for("a taxi receipt")
    foreseeing.firm.clock_says("2026-11-23 14:59")
    assert "like this" in await page(foreseeing, "lin", f"/requests/{number}")

    foreseeing.firm.clock_says("2026-11-23 15:05")
    assert "like this" not in await page(foreseeing, "lin", f"/requests/{number}")
    assert "Silent for now" in await page(foreseeing, "lin", "/forecast")


async def test_programs_read_it_too(foreseeing: Site) -> None:
    said = (await (await foreseeing.program("zhao")).get("/api/forecast")).json()

    assert (said["mode"], said["speaks"], said["closed"]) == ("on", True, 132)
    assert said["model"]["skill"] > 0 < said["line"]["skill"]
    assert sum(band["cases"] or 0 for band in said["calibration"]) <= said["model"]["cases"]


@pytest.mark.usefixtures("foreseeing")
async def test_the_shell_says_it_in_both_languages() -> None:
    english, chinese = await foretold("en"), await foretold("zh-CN")

    assert english[0] == "Last counted: 2026-11-20"
    assert english[1].startswith("On: ")
    assert any(line.startswith("Brier score of the model (0 is best): 0.") for line in english)
    assert len(chinese) == len(english)
    assert chinese[1].startswith("已启用")


async def test_nobody_in_person_reads_another_desk_into_it(foreseeing: Site) -> None:
    """What a reader finds in the table is what is published: cells, and no key to a request."""
    async with db.acting_as(foreseeing.firm.zhao, writing=False):
        made = await forecasts.newest(clock.now())

    assert made
    assert made.made_at == clock.now()
    assert made.forecast.closed == sum(cell.n for cell in made.forecast.cells if cell.key.stage == 0)
