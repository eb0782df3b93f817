"""Calendars on the pages: everybody reads them by the month, administrators change a day or read a file in."""

import html
import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from desk import db
from desk.directory import actions as directory
from desk.sla import jobs
from desk.sla.queries import calendars
from desk.sla.rules import outlook
from tests.firm import Firm
from tests.pages import Browser, browser
from tests.site import Site
from tests.sla.test_ics import OCTOBER, WORK, file

PAGE = "/admin/calendars/finance"
DAY = f"{PAGE}/days/2026-11-23"  # a Monday
IMPORT = f"{PAGE}/import"
LOOK = "/departments/finance/calendar"
TYPED = {"tz": "Asia/Shanghai", "mon": "10:00-15:00", "cutoff_kind": "wall", "cutoff_at": "14:00", "seen": "1"}
HIDDEN = re.compile(r'<input type="hidden" name="(?!_)(\w+)" value="([^"]*)"')


@pytest.fixture
async def admin(firm: Firm, app) -> Browser:
    return await browser(app, firm.admin.person)


@pytest.fixture
async def kept(firm: Firm) -> Callable:
    async def read():
        async with db.acting_as(firm.lin, writing=False):
            return await calendars.calendar("finance")

    return read


async def upload(admin: Browser, content: bytes, **fields: str) -> httpx.Response:
    await admin.get(IMPORT)
    return await admin.post(IMPORT, files={"file": ("days.ics", content, "text/calendar")}, **({"how": "add"} | fields))


def offered(seen: httpx.Response) -> dict[str, str]:
    """What the button below the differences would send."""
    form = seen.text.split(f'action="{PAGE}/versions"')[1].split("</form>")[0]
    return {name: html.unescape(text) for name, text in HIDDEN.findall(form)}


def main_of(answer: httpx.Response) -> str:
    return answer.text.split("<main")[1].split("</main>")[0]


def day_of(kept: Any, day: str) -> tuple[str, str]:
    one = outlook.told(kept.held.calendar, outlook.date.fromisoformat(day).toordinal())
    return one.kind, one.hours


async def test_every_employee_reads_a_calendar_and_changes_nothing_there(firm: Firm, app, admin: Browser):
    await admin.send(PAGE, f"{PAGE}/versions", **TYPED, holidays="2026-12-01", official_until="2026-12-10")
    seen = main_of(await (await browser(app, firm.lin.person)).get(f"{LOOK}?month=2026-12"))
    for words in ("2026年12月", "12月1日 星期二", "节假日", "10:00-15:00", "14:00前算当天", "公布到12月10日", "暂定"):
        assert words in seen
    assert "第2版" in seen
    assert "安然" in seen
    assert [words for words in ("<form", "/admin/", "/days/") if words in seen] == []


@pytest.mark.parametrize("who", ["guest", ""])
async def test_nobody_from_outside_reads_a_calendar(firm: Firm, app, who: str):
    visitor = await browser(app, firm.people[who].person) if who else None
    if visitor is None:
        transport = httpx.ASGITransport(app, client=("10.0.0.7", 5000))
        answer = await httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1").get(LOOK)
        assert answer.status_code in (303, 401)
    else:
        assert (await visitor.get(LOOK)).status_code in (403, 404)


async def test_months_are_turned_on_both_pages(admin: Browser):
    for page in (PAGE, LOOK):
        seen = (await admin.get(page)).text
        assert f"{page}?month=2026-12" in seen
        assert f"{page}?month=2026-10" in seen
        assert "2027年1月" in (await admin.get(f"{page}?month=2027-01")).text


@pytest.mark.parametrize("month", ["2026-13", "x", "1999-01", "99999999-01"])
@pytest.mark.parametrize("page", [PAGE, LOOK])
async def test_a_month_that_is_none_is_refused(admin: Browser, page: str, month: str):
    answer = await admin.get(f"{page}?month={month}")
    assert answer.status_code == 422
    assert "不是月份" in answer.text


async def test_what_is_typed_can_be_leafed_through_and_is_not_saved(admin: Browser, kept: Callable):
    seen = await admin.send(PAGE, f"{PAGE}/preview", **TYPED, special="2027-02-01 07:00-08:00", month="2027-02")
    for words in ("2027年2月", "还没有保存", "07:00-08:00", 'name="month" value="2027-03"', 'value="10:00-15:00"'):
        assert words in seen.text
    assert "/days/" not in seen.text
    assert (await kept()).version == 1


async def test_a_day_is_closed_with_two_clicks(admin: Browser, kept: Callable):
    assert f'href="{DAY}"' in (await admin.get(f"{PAGE}?month=2026-11")).text
    answer = await admin.send(DAY, DAY, stands="closed", seen="1")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?month=2026-11")
    assert (await kept()).version == 2
    assert day_of(await kept(), "2026-11-23") == ("holiday", "")


@pytest.mark.parametrize(
    ("day", "wish", "told"),
    [
        ("2026-11-23", {"stands": "hours", "hours": "9:00-11:00"}, ("special", "09:00-11:00")),
        ("2026-11-28", {"stands": "make_up", "like": "mon"}, ("make_up", "09:00-12:00, 13:30-18:00")),
        ("2026-11-28", {"stands": "week"}, ("closed", "")),
    ],
)
async def test_a_day_stands_as_it_is_said(admin: Browser, kept: Callable, day: str, wish: dict, told: tuple):
    at = f"{PAGE}/days/{day}"
    await admin.send(at, at, seen="1", stands="closed")
    await admin.send(at, at, seen="2", **wish)
    assert day_of(await kept(), day) == told


@pytest.mark.parametrize(
    ("wish", "status", "words"),
    [
        ({"stands": "hours", "hours": "soon"}, 422, "“soon”不是一段时间"),
        ({"stands": "hours", "hours": ""}, 422, "请写上这一天的时间"),
        ({"stands": "hours", "hours": "12:00-09:00"}, 422, "结束不晚于开始"),
        ({"stands": "hours", "hours": "09:00-12:00, 11:00-13:00"}, 422, "有重叠"),
        ({"stands": "make_up", "like": "sun"}, 422, "请选按哪一天的时间补班"),
        ({"stands": "sometimes"}, 422, ""),
        ({}, 422, ""),
        ({"stands": "closed", "seen": "7"}, 409, "别人刚刚保存了"),
    ],
)
async def test_a_day_that_cannot_be_is_refused_and_nothing_is_written(
    admin: Browser, kept: Callable, wish: dict[str, str], status: int, words: str
):
    answer = await admin.send(DAY, DAY, **{"seen": "1"} | wish)
    assert (answer.status_code, words in answer.text) == (status, True)
    assert (await kept()).version == 1


@pytest.mark.parametrize("day", ["2026-02-30", "x", "1999-01-01", "2026-1-1", "20261123"])
async def test_a_day_that_is_none_is_not_there(admin: Browser, day: str):
    answer = await admin.get(f"{PAGE}/days/{day}")
    assert answer.status_code == 404
    assert "不是日期" in answer.text


async def test_the_last_open_day_cannot_be_closed(admin: Browser, kept: Callable):
    await admin.send(PAGE, f"{PAGE}/versions", **TYPED | {"mon": "", "special": "2026-11-23 09:00-10:00"})
    answer = await admin.send(DAY, DAY, stands="closed", seen="2")
    assert (answer.status_code, "从今天起不再有工作时间" in answer.text) == (409, True)
    assert (await kept()).version == 2


async def test_a_declared_holiday_moves_open_dues_and_says_why(firm: Firm, admin: Browser):
    firm.clock_says("2026-11-20 16:30")
    number = await firm.lin_asks_for("a taxi receipt")
    assert await firm.standing(number, "first_reply") == ("open", "2026-11-23 18:00")
    await admin.send(DAY, DAY, stands="closed", seen="1")
    await jobs.follow_calendar(firm.finance)
    assert await firm.standing(number, "first_reply") == ("open", "2026-11-24 18:00")


@pytest.mark.parametrize("path", [PAGE, DAY, IMPORT])
async def test_only_administrators_come_to_the_editor(firm: Firm, app, path: str):
    head = await browser(app, firm.qian.person)
    assert (await head.get(path)).status_code == 403
    await head.get("/profile")
    assert (await head.post(f"{PAGE}/versions" if path == PAGE else path)).status_code == 403


async def test_a_department_without_a_calendar_says_so(firm: Firm, app, admin: Browser):
    async with db.acting_as(firm.admin):
        await directory.add_department("lab", "实验室", "Laboratory")
    assert "还没有工作日历" in (await admin.get("/departments/lab/calendar")).text
    for path in ("/admin/calendars/lab/import", "/admin/calendars/lab/days/2026-11-23"):
        answer = await admin.get(path)
        assert (answer.status_code, "请先保存一版" in answer.text) == (409, True)


async def test_a_file_is_shown_first_and_then_saved_as_one_version(admin: Browser, kept: Callable):
    timed = "DTSTART:20261201T010000Z\nSUMMARY:meeting"
    events = [OCTOBER, f"DTSTART;VALUE=DATE:20261010\nSUMMARY:班\n{WORK}", timed]
    seen = await upload(admin, file(*events), official_until="2027-12-31")
    for words in ("10月1日", "国庆节（休）", "新增", "调休补班", "按周三", "1个事件带钟点", "以后2027年12月31日"):
        assert words in seen.text
    assert (seen.status_code, (await kept()).version) == (200, 1)
    ready = offered(seen)
    saved = await admin.post(f"{PAGE}/versions", **ready)
    assert (saved.status_code, (await kept()).version) == (303, 2)
    assert day_of(await kept(), "2026-10-02") == ("holiday", "")
    assert day_of(await kept(), "2026-10-10") == ("make_up", "09:00-12:00, 13:30-18:00")
    assert (await kept()).held.official_until.isoformat() == "2027-12-31"


async def test_a_file_that_was_shown_before_somebody_else_saved_is_not_saved_over_it(admin: Browser, kept: Callable):
    seen = await upload(admin, file(OCTOBER))
    ready = offered(seen)
    page = admin.page
    await admin.send(DAY, DAY, stands="closed", seen="1")
    admin.page = page
    answer = await admin.post(f"{PAGE}/versions", **ready)
    assert (answer.status_code, "别人刚刚保存了" in answer.text) == (409, True)
    assert (await kept()).version == 2


async def test_a_file_that_changes_nothing_offers_nothing_to_save(admin: Browser):
    await admin.send(DAY, DAY, stands="closed", seen="1")
    seen = (await upload(admin, file("DTSTART;VALUE=DATE:20261123"))).text
    assert "一天都不会改" in seen
    assert f'action="{PAGE}/versions"' not in seen


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"Dear colleague", "不像是UTF-8的.ics日历"), (b"x" * 600_000, "超过512 KB"), (file(), "没有一个事件")],
    ids=["letter", "big", "empty"],
)
async def test_a_bad_file_is_refused_and_nothing_is_written(admin: Browser, kept: Callable, content: bytes, words: str):
    answer = await upload(admin, content)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert (await kept()).version == 1


async def test_no_file_at_all_is_asked_for(admin: Browser):
    await admin.get(IMPORT)
    answer = await admin.post(IMPORT, how="add", file="")
    assert (answer.status_code, "请选一个.ics文件" in answer.text) == (422, True)


async def test_words_of_a_file_are_shown_as_words(admin: Browser):
    seen = (await upload(admin, file("DTSTART;VALUE=DATE:20261130\nSUMMARY:<script>alert(1)</script>"))).text
    assert "<script>alert" not in seen
    assert "&lt;script&gt;alert" in seen


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"tue": "09:00-12:00, 11:00-14:00"}, "有重叠"),
        ({"breaks": "20:00-21:00"}, "不在任何一天的工作时间里"),
        ({"workdays": "2026-12-05 周日"}, "可周日不上班"),
        ({"holidays": "2026-02-30"}, "“2026-02-30”不是日期"),
        ({"special": "2026-11-27 10:00-11:00\n2026-11-27 休息"}, "写了两次"),
        ({"date_breaks": "2026-11-29 10:00-11:00"}, "本来就不上班"),
    ],
)
@pytest.mark.parametrize("door", ["preview", "versions"])
async def test_an_impossible_calendar_is_refused_at_every_door(
    admin: Browser, kept: Callable, door: str, wrong: dict[str, str], words: str
):
    answer = await admin.send(PAGE, f"{PAGE}/{door}", **TYPED | wrong)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert (await kept()).version == 1


async def test_a_program_reads_a_month(site: Site, admin: Browser):
    await admin.send(PAGE, f"{PAGE}/versions", **TYPED, breaks="12:00-12:30", workdays="2026-12-05 mon")
    told = (await (await site.program("lin")).get(f"/api{LOOK}?month=2026-12")).json()
    assert (told["department"], told["version"], told["zone"], told["made_by"]) == (
        "finance",
        2,
        "Asia/Shanghai",
        "安然",
    )
    assert (told["month"], len(told["days"])) == ("2026-12", 31)
    assert told["days"][4] == {
        "day": "2026-12-05", "kind": "make_up", "hours": "10:00-12:00, 12:30-15:00", "breaks": "12:00-12:30",
        "like": "mon", "until": "14:00",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "status"), [(f"/api{LOOK}?month=x", 422), ("/api/departments/atlantis/calendar", 404)]
)
async def test_a_program_is_told_what_is_wrong(site: Site, path: str, status: int):
    answer = await (await site.program("lin")).get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
