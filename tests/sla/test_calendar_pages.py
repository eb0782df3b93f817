from collections.abc import Callable

import pytest

from desk import db
from desk.sla.queries import calendars
from desk.sla.rules import sheet
from desk.sla.rules.sheet import Sheet
from tests.firm import Firm
from tests.pages import Browser, browser

PAGE = "/admin/calendars/finance"
TYPED = {"tz": "Asia/Shanghai", "mon": "10:00-15:00", "cutoff_kind": "wall", "cutoff_at": "14:00", "seen": "1"}


@pytest.fixture
async def admin(firm: Firm, app) -> Browser:
    return await browser(app, firm.admin.person)


@pytest.fixture
async def kept(firm: Firm) -> Callable:
    async def read():
        async with db.acting_as(firm.lin, writing=False):
            return await calendars.calendar("finance")

    return read


async def test_an_administrator_saves_the_next_version(admin: Browser, kept: Callable):
    answer = await admin.send(PAGE, f"{PAGE}/versions", **TYPED, official_until="2026-12-31")
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    now = await kept()
    assert (now.version, now.held) == (2, sheet.read(Sheet(**without(TYPED, "seen"), official_until="2026-12-31")))


async def test_the_form_shows_the_saved_version_and_its_next_days(admin: Browser, kept: Callable):
    await admin.send(PAGE, f"{PAGE}/versions", **TYPED, special="2026-11-27 09:00-11:00")
    seen = (await admin.get(PAGE)).text
    assert 'value="10:00-15:00"' in seen
    assert "2026-11-27 09:00-11:00" in seen
    assert "11月27日 星期五" in seen
    assert "特别时间" in seen


async def test_looking_first_saves_nothing(admin: Browser, kept: Callable):
    seen = await admin.send(PAGE, f"{PAGE}/preview", **TYPED, wed="07:00-08:00")
    assert seen.status_code == 200
    assert "还没有保存" in seen.text
    assert "07:00-08:00" in seen.text
    assert (await kept()).version == 1


async def test_public_holidays_are_put_into_the_sheet(admin: Browser, kept: Callable):
    more = {"holidays": "2025-10-01 ~ 2025-10-08", "fri": "10:00-15:00", "fill": "china"}
    seen = await admin.send(PAGE, f"{PAGE}/preview", **TYPED, **more)
    for words in ("2025-10-01 ~ 2025-10-08", "2026-02-15 ~ 2026-02-23", "2026-02-14 周五", 'value="2026-12-31"'):
        assert words in seen.text
    assert (await kept()).version == 1


@pytest.mark.parametrize(
    ("wrong", "status", "words"),
    [
        ({"mon": "ten to three"}, 422, "“ten”不是一段时间"),
        ({"mon": ""}, 422, "永远不开门"),
        ({"mon": "", "special": "2026-01-05 09:00-10:00"}, 409, "从今天起不再有工作时间"),
        ({"seen": "0"}, 409, "别人刚刚保存了"),
        ({"tz": "Mars/Olympus"}, 422, "没有“Mars/Olympus”这个时区"),
    ],
)
async def test_an_impossible_calendar_is_refused_and_stays_on_the_screen(
    admin: Browser, kept: Callable, wrong: dict[str, str], status: int, words: str
):
    answer = await admin.send(PAGE, f"{PAGE}/versions", **TYPED | {"date_breaks": "2026-11-30 11:11-12:12"} | wrong)
    assert answer.status_code == status
    assert words in answer.text
    assert "2026-11-30 11:11-12:12" in answer.text
    assert (await kept()).version == 1


async def test_the_list_tells_unusual_days_and_missing_calendars(admin: Browser):
    await admin.send(PAGE, f"{PAGE}/versions", **TYPED, holidays="2026-12-01")
    seen = (await admin.get("/admin/calendars")).text
    assert "12月1日 节假日" in seen
    assert "10:00-15:00" in seen


@pytest.mark.parametrize("path", ["/admin/calendars", PAGE])
async def test_calendars_are_kept_by_administrators(firm: Firm, app, path: str):
    answer = await (await browser(app, firm.qian.person)).get(path)
    assert answer.status_code == 403
    assert "工作日历只由系统管理员维护" in answer.text


async def test_an_unknown_department_says_where_to_look(admin: Browser):
    answer = await admin.get("/admin/calendars/atlantis")
    assert answer.status_code == 404
    assert "回到工作日历的列表" in answer.text


def without(fields: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in fields.items() if key != name}
