"""Whole is what 赵 reads, who stands above the heads of finance and of human resources: nothing of it goes silently."""

import re

import asyncpg
import pytest

from desk import clock, db
from desk.directory import actions as directory
from tests.firm import Firm
from tests.site import Site

NOVEMBER = "?from=2026-11-01&to=2026-11-30"
WORDS = re.compile(r"<[^>]+>")


@pytest.fixture
async def failed(firm: Firm) -> None:
    """One failure in finance, one in human resources."""
    async with db.acting_as(db.NOBODY):
        await directory.set_head(firm.hr, firm.han.person)
        for head in (firm.qian, firm.han):
            await directory.set_superior(head.person, firm.zhao.person)
    await firm.lin_asks_for("a laptop")
    await firm.lin_asks_for("my salary", service="payroll")
    await firm.time_passes_until("2026-11-23 11:00")


async def _read(site: Site, login: str, path: str) -> tuple[int, str]:
    answer = await (await site.browser(login)).http.get(f"/reports/{path}")
    return answer.status_code, answer.text


async def _leads(firm: Firm, department: int, person: int | None) -> None:
    async with db.acting_as(db.NOBODY):
        await directory.set_head(department, person)


def _row(page: str, department: str) -> str:
    rows = re.findall(r"<tr>.*?</tr>", page, re.S)
    return next((row for row in rows if f'<a href="/reports/{department}?' in row), "")


@pytest.mark.usefixtures("failed")
async def test_while_nobody_leads_it_whoever_stood_above_the_last_head_answers(firm: Firm, site: Site) -> None:
    await _leads(firm, firm.finance, None)

    whole = (await _read(site, "zhao", f"overall{NOVEMBER}"))[1]

    assert "2件中失约2件" in whole
    assert (await _read(site, "zhao", f"finance{NOVEMBER}"))[0] == 200
    assert {(await _read(site, login, f"finance{NOVEMBER}"))[0] for login in ("qian", "wu", "han", "admin")} == {403}


@pytest.mark.usefixtures("failed")
async def test_so_it_is_when_the_head_has_left_and_whatever_becomes_of_the_line_later(firm: Firm, site: Site) -> None:
    """赵 stands under 周 now, and stood under nobody then."""
    async with db.acting_as(db.NOBODY):
        await directory.leave(firm.qian.person, clock.now())
    await firm.time_passes_until("2026-11-23 12:00")
    async with db.acting_as(db.NOBODY):
        await directory.set_superior(firm.zhao.person, firm.zhou.person)

    assert (await _read(site, "zhao", f"finance{NOVEMBER}"))[0] == 200
    assert (await _read(site, "zhou", f"finance{NOVEMBER}"))[0] == 403
    assert (await _read(site, "zhou", f"hr{NOVEMBER}"))[0] == 200


async def test_who_stood_under_nobody_answers_on(firm: Firm, site: Site) -> None:
    """Otherwise nobody would, and the department's failures would be in no sum."""
    await firm.lin_asks_for("a laptop")
    await firm.time_passes_until("2026-11-23 11:00")
    await _leads(firm, firm.finance, None)

    assert {login: (await _read(site, login, f"finance{NOVEMBER}"))[0] for login in ("qian", "zhao", "wu", "admin")} == {
        "qian": 200, "zhao": 403, "wu": 403, "admin": 403,
    }  # fmt: skip


@pytest.mark.usefixtures("failed")
async def test_until_there_is_a_successor_of_another_line(firm: Firm, site: Site) -> None:
    await _leads(firm, firm.finance, None)
    await firm.time_passes_until("2026-11-23 12:00")
    await _leads(firm, firm.finance, firm.zhou.person)

    assert (await _read(site, "zhou", f"finance{NOVEMBER}"))[0] == 200
    assert (await _read(site, "zhao", f"finance{NOVEMBER}"))[0] == 403
    assert "1件中失约1件" in (await _read(site, "zhao", f"overall{NOVEMBER}"))[1]


@pytest.mark.usefixtures("failed")
async def test_a_closed_department_keeps_its_failures_and_its_page(
    firm: Firm, site: Site, superuser: asyncpg.Connection
) -> None:
    await superuser.execute("update departments set closed_at = $2 where id = $1", firm.finance, clock.now())

    whole = (await _read(site, "zhao", f"overall{NOVEMBER}"))[1]
    later = (await _read(site, "zhao", "overall?from=2026-12-01&to=2026-12-31"))[1]

    assert "2件中失约2件" in whole
    assert "已关闭" in _row(whole, "finance")
    assert "已关闭" not in _row(whole, "hr")
    assert (_row(later, "finance"), bool(_row(later, "hr"))) == ("", True)
    status, own = await _read(site, "zhao", f"finance{NOVEMBER}")
    assert (status, "1件中失约1件" in own, ">已关闭<" in own) == (200, True, True)
    assert ">已关闭<" in (await _read(site, "zhao", ""))[1]


@pytest.mark.usefixtures("failed")
async def test_one_department_without_a_calendar_is_left_out_in_a_sentence(firm: Firm, site: Site) -> None:
    async with db.acting_as(db.NOBODY):
        new = await directory.add_department("studio", "创意部", "Studio")
        await directory.set_head(new, firm.zhao.person)

    status, whole = await _read(site, "zhao", f"overall{NOVEMBER}")

    assert status == 200
    assert "2件中失约2件" in whole
    assert "创意部还没有工作日历，不在这些数字里。" in WORDS.sub("", whole)
    assert _row(whole, "studio") == ""
    status, own = await _read(site, "zhao", f"studio{NOVEMBER}")
    assert (status, "部门还没有工作日历，所以没有承诺到期" in own) == (409, True)
