"""A date that no calendar of ours reaches is said at its field, and breaks nothing."""

import pytest

from tests.accounts.conftest import Browser
from tests.firm import Firm

pytestmark = pytest.mark.usefixtures("passwords")
FAR = [
    ("9999-12-30T00:00", "9999-12-31T23:59"),
    ("9999-12-31T23:59", "9999-12-31T23:59"),
    ("0001-01-01T00:00", "2026-11-23T18:00"),
    ("0001-01-01T00:00+14:00", "2026-11-23T18:00"),
    ("2026-11-20T15:00", "9999-12-31T23:59-12:00"),
    ("2029-01-01T00:00", "2029-01-02T00:00"),
    ("2024-01-01T00:00", "2026-11-23T18:00"),
]


@pytest.mark.parametrize(("since", "until"), FAR)
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
async def test_an_absence_is_near_the_present(browser: Browser, since: str, until: str, zone: str) -> None:
    await browser.signs_in("lin")
    await browser.post("/profile", language="", theme="", zone=zone)
    await browser.get("/profile")
    answer = await browser.post("/profile/absence", since=since, until=until)
    assert answer.status_code == 422
    assert (await browser.get("/profile")).status_code == 200


async def test_an_absence_may_have_begun_and_may_lie_two_years_ahead(browser: Browser, firm: Firm) -> None:
    await browser.signs_in("lin")
    for since, until in (("2026-10-01T09:00", "2026-12-01T18:00"), ("2028-11-01T09:00", "2028-11-18T18:00")):
        assert (await browser.post("/profile/absence", since=since, until=until)).status_code == 303
        await browser.get("/profile")
