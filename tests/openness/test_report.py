"""The report against a small firm counted by hand: 林 reads it like everybody, a guest does not."""

import re
from typing import Any

import asyncpg
import pytest

from desk import db
from desk.tickets import actions as tickets
from desk.tickets import jobs
from tests.firm import Firm
from tests.openness.conftest import Past
from tests.site import Site

CELLS = (
    "select department, month::text, tier, portions from openness_cells('2025-12-01', '2026-11-19') order by 1, 2, 3"
)


async def _items(site: Site, login: str = "lin") -> dict[tuple[str, str], dict[str, Any]]:
    told = (await (await site.program(login)).get("/api/openness")).json()
    return {(one["department"], one["month"]): one for one in told["items"]}


async def _cells(firm: Firm) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await firm.rows(firm.lin, CELLS)]


async def test_portions_are_counted_by_department_month_and_tier(firm: Firm, past: Past) -> None:
    await past("2026-10-05", 1, 20)
    await past("2026-10-31", 2, 6)
    await past("2026-11-01", 1, 7)
    await past("2026-11-01", 3, 5, of=firm.hr)

    october, november = "2026-10-01", "2026-11-01"
    finance = [(firm.finance, october, 1, 20), (firm.finance, october, 2, 6), (firm.finance, november, 1, 7)]
    assert await _cells(firm) == sorted([*finance, (firm.hr, november, 3, 5)])


async def test_the_api_says_share_interval_and_light(site: Site, past: Past) -> None:
    await past("2026-10-05", 1, 20)
    await past("2026-10-06", 2, 6)

    october = (await _items(site))["finance", "2026-10"]

    assert (october["portions"], october["tiers"], october["light"]) == (26, [0, 20, 6, 0, 0], "yellow")
    assert october["open"] == {"least": 0.7692, "most": 0.7692, "low": 0.5795, "high": 0.8897}


async def test_a_small_cell_is_told_as_that_and_another_is_kept_back(site: Site, past: Past) -> None:
    await past("2026-10-05", 1, 20)
    await past("2026-10-06", 2, 3)

    october = (await _items(site))["finance", "2026-10"]

    assert (october["portions"], october["tiers"]) == (23, [0, "19–22", "<5", 0, 0])
    assert (october["open"]["least"], october["open"]["most"]) == (0.8261, 0.9565)


async def test_days_count_when_they_have_ended_everywhere(firm: Firm, past: Past, site: Site) -> None:
    await past("2026-11-18", 1, 5)
    await past("2026-11-19", 1, 5)
    assert (await _items(site))["finance", "2026-11"]["portions"] == 5

    firm.clock_says("2026-11-20 20:00")
    assert (await _items(site))["finance", "2026-11"]["portions"] == 10


async def test_what_is_core_counts_when_its_month_has_ended(firm: Firm, past: Past, site: Site) -> None:
    await past("2026-11-02", 4, 6)
    assert (await _items(site))["finance", "2026-11"]["portions"] == 0

    firm.clock_says("2026-12-02 20:00")
    assert (await _items(site))["finance", "2026-11"]["portions"] == 6


async def test_what_is_sealed_counts_in_the_month_of_its_birth_once_it_is_unsealed(
    firm: Firm, past: Past, site: Site, superuser: asyncpg.Connection
) -> None:
    await past("2026-10-05", 1, 20)
    await past("2026-10-06", 3, 8, sealed=True)
    assert (await _items(site))["finance", "2026-10"]["portions"] == 20

    await superuser.execute("update updates set sealed = false")
    assert (await _items(site))["finance", "2026-10"]["tiers"] == [0, 20, 0, 8, 0]


async def test_words_under_a_sealed_request_are_in_no_figure(
    firm: Firm, past: Past, superuser: asyncpg.Connection
) -> None:
    await past("2026-10-05", 3, 8)
    await superuser.execute("update tickets set sealed = true, tier = 3")

    assert await _cells(firm) == []
    overdue = "select from openness_overdue('2028-01-01', '{180,365,365}')"
    waits = "select from openness_waits($1, '2025-12-01', '2026-11-19')"
    assert (await firm.rows(firm.lin, overdue), await firm.rows(firm.lin, waits, firm.finance)) == ([], [])


async def test_opening_does_not_change_what_was_born_shut(firm: Firm, past: Past, site: Site) -> None:
    await past("2026-08-25", 2, 8)
    firm.clock_says("2026-11-23 00:01")
    await jobs.open_words()
    firm.clock_says("2026-11-30 20:00")

    assert (await _items(site))["finance", "2026-08"]["tiers"] == [0, 0, 8, 0, 0]
    waits = "select days, opened, portions from openness_waits($1, '2025-12-01', '2026-11-30')"
    assert [tuple(row) for row in await firm.rows(firm.lin, waits, firm.finance)] == [(90, True, 8)]
    assert "90 days" in (await (await site.browser("lin", **{"accept-language": "en"})).get("/openness/finance")).text


async def test_overdue_is_what_has_passed_its_day_or_its_longest_term(
    firm: Firm, past: Past, site: Site, superuser: asyncpg.Connection
) -> None:
    await past("2026-08-01", 2, 5)  # should have opened on 30 October
    await past("2026-05-01", 2, 4)  # prolonged beyond 180 days
    await past("2026-09-01", 2, 9)
    await superuser.execute("update updates set opens_on = '2027-01-01' where day = '2026-05-01'")

    told = (await (await site.program("lin")).get("/api/openness")).json()["overdue"]

    assert {one["department"]: one["overdue"] for one in told} == {"finance": 9, "hr": 0, "legal": 0, "operations": 0}


async def test_honest_answers_and_corrections_are_counted(firm: Firm, site: Site) -> None:
    number = await firm.lin_asks_for("a laptop")
    for _ in range(6):
        written = await firm.wu_replies(number)
        await _corrects(firm, number, written)
    firm.clock_says("2026-11-25 20:00")

    november = (await _items(site))["finance", "2026-11"]

    assert (november["corrected_self"], november["corrected_disputed"], november["refusals"]) == (6, 0, 0)


async def _corrects(firm: Firm, number: int, written: Any) -> None:
    await firm.does(firm.wu, tickets.correct, number, written.token, "It is paid.", "I was wrong.")


@pytest.mark.parametrize("path", ["/openness", "/openness/finance", "/api/openness"])
async def test_every_employee_reads_it_and_a_guest_does_not(site: Site, past: Past, path: str) -> None:
    await past("2026-10-05", 1, 20)
    seen = {}
    for login in ("lin", "zhao", "admin", "guest"):
        client = (await site.program(login)) if path.startswith("/api") else (await site.browser(login)).http
        seen[login] = (await client.get(path)).status_code

    assert seen == {"lin": 200, "zhao": 200, "admin": 200, "guest": 403}


async def test_the_functions_themselves_tell_a_guest_nothing(firm: Firm, past: Past) -> None:
    await past("2026-05-05", 2, 20)
    for who, rows in ((firm.lin, 1), (firm.guest, 0), (db.NOBODY, 0)):
        assert len(await firm.rows(who, CELLS)) == rows
        assert len(await firm.rows(who, "select from openness_overdue('2026-11-19', '{180,365,365}')")) == rows


async def test_the_head_finds_their_own_department_first(site: Site) -> None:
    first = {}
    for login in ("qian", "lin"):
        text = (await (await site.browser(login)).get("/openness")).text
        first[login] = re.findall(r'href="/openness/(\w+)"', text)

    assert first["qian"][0] == "finance"
    assert first["lin"] == sorted(first["lin"])
    assert sorted(first["qian"]) == first["lin"] == ["finance", "hr", "legal", "operations"]


@pytest.mark.parametrize(
    ("language", "words"), [("zh-CN", ["公开率", "未达标"]), ("en", ["How open Finance is", "below target"])]
)
async def test_the_page_says_it_in_words_beside_the_sign(
    site: Site, past: Past, language: str, words: list[str]
) -> None:
    await past("2026-09-05", 3, 40)
    await past("2026-09-05", 1, 3)

    text = (
        await (await site.browser("lin", **{"accept-language": language})).get(f"/openness/finance?lang={language}")
    ).text

    assert [word for word in [*words, "&lt;5"] if word not in text] == []
