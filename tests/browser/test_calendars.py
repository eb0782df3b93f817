"""An administrator keeps a calendar in a browser that runs no script: a day by two clicks, an .ics file by three."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Sit
from tests.browser.running import RunningDesk
from tests.browser.seat import Seat
from tests.sla.test_ics import file

PAGE = "/admin/calendars/finance?month=2026-12"


@pytest.mark.slow
async def test_a_calendar_is_kept_and_read_without_script(desk_of_firm: RunningDesk, sit: Sit, tmp_path: Path):
    plain = {"language": "en", "java_script_enabled": False}
    admin, lin = [await sit(desk_of_firm, login, **plain) for login in ("admin", "lin")]
    await _closes_a_day(admin)
    days = tmp_path / "days.ics"
    days.write_bytes(file("DTSTART;VALUE=DATE:20261218\nSUMMARY:Company day"))
    await _reads_a_file_in(admin, days)
    await _turns_what_is_typed(admin)
    await lin.go("/departments/finance")
    await lin.page.get_by_role("link", name=lin.t("calendars.look"), exact=True).click()
    await lin.page.get_by_role("link", name=lin.t("calendars.month_after")).click()
    for day in ("17 December", "18 December"):
        await expect(_cell(lin, day)).to_contain_text(lin.t("calendars.kind_holiday"))


async def _closes_a_day(admin: Seat) -> None:
    await admin.go(PAGE)
    await _cell(admin, "17 December").get_by_role("link").click()
    await admin.page.get_by_label(admin.t("calendars.stands_closed")).check()
    await admin.page.get_by_role("button", name=admin.t("calendars.save", version=2)).click()
    await expect(_cell(admin, "17 December")).to_contain_text(admin.t("calendars.kind_holiday"))


async def _reads_a_file_in(admin: Seat, days: Path) -> None:
    await admin.page.get_by_role("link", name=admin.t("calendars.import")).click()
    await admin.page.get_by_label(admin.t("calendars.import_file")).set_input_files(days)
    await admin.press("calendars.import_look")
    await expect(admin.page.get_by_role("row", name="18 December")).to_contain_text("Company day")
    await admin.page.get_by_role("button", name=admin.t("calendars.import_save", version=3)).click()
    await expect(admin.page.locator(".lead")).to_contain_text("version 3")


async def _turns_what_is_typed(admin: Seat) -> None:
    """Nothing typed is lost on the way, and nothing is saved."""
    await admin.page.locator("#sat").fill("10:00-11:00")
    await admin.press("calendars.preview")
    await admin.page.get_by_role("button", name=admin.t("calendars.month_after")).click()
    await expect(_cell(admin, "Saturday 5 December")).to_contain_text("10:00-11:00")
    await expect(admin.page.get_by_text(admin.t("calendars.days_typed"))).to_be_visible()


def _cell(seat: Seat, day: str):
    return seat.page.locator(".month__day", has_text=day)
