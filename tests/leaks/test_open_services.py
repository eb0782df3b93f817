"""An invited guest sees the services whose requests are open, and no other."""

import pytest

from desk import db
from desk.catalog import actions as catalog
from desk.catalog.actions import Draft
from tests.site import Site

BADGE = Draft(department="hr", name_zh="门禁卡", name_en="A badge", tier=0)
HIDDEN = ("报销", "Expenses", "Pay", "工资", "预算", "expenses", "payroll")


@pytest.fixture
async def badge(site: Site) -> Site:
    async with db.acting_as(db.NOBODY):
        await catalog.add_service("badge", BADGE)
    return site


@pytest.mark.parametrize(
    "path", ["/services", "/services/suggestions?q=报销 Expenses 门禁卡", "/", "/?q=报销门禁卡", "/new", "/new?q=工资"]
)
async def test_pages_show_a_guest_only_open_services(badge: Site, path: str) -> None:
    guest, lin = [(await (await badge.browser(login)).get(path)).text for login in ("guest", "lin")]

    assert not [word for word in HIDDEN if f"{word}</" in guest or f"service={word}" in guest]
    assert [word for word in HIDDEN if f"{word}</" in lin or f"service={word}" in lin]


async def test_a_program_of_a_guest_lists_only_open_services(badge: Site) -> None:
    guest = await badge.program("guest")

    assert [one["id"] for one in (await guest.get("/api/services")).json()["items"]] == ["badge"]


@pytest.mark.parametrize("path", ["/services/{}", "/new?service={}"])
async def test_a_hidden_service_and_none_at_all_are_the_same_to_a_guest(badge: Site, path: str) -> None:
    guest = await badge.browser("guest")

    hidden, none, open_ = [await guest.get(path.format(code)) for code in ("payroll", "nothing", "badge")]

    assert (hidden.status_code, none.status_code, open_.status_code) == (404, 404, 200)


async def test_a_guest_files_where_the_catalogue_lets_guests_in(badge: Site) -> None:
    guest = await badge.program("guest", **{"accept-language": "en"})

    asked = {
        code: await guest.post("/api/requests", json={"title": "x", "service": code}) for code in ("badge", "payroll")
    }
    anywhere = await guest.post("/api/requests", json={"title": "x"})

    assert asked["badge"].status_code == 201, asked["badge"].text
    assert (asked["payroll"].status_code, anywhere.status_code) == (404, 409)


@pytest.mark.parametrize("path", ["/schema", "/schema/openapi.json"])
async def test_the_document_of_the_api_is_for_employees(site: Site, path: str) -> None:
    guest, lin = await site.browser("guest"), await site.browser("lin")

    assert ((await guest.get(path)).status_code, (await lin.get(path)).status_code) == (403, 200)
