"""A guest knows nobody here and learns of nobody."""

import re

import pytest

from desk import clock, db
from desk.directory import actions as directory
from desk.directory.routes import routes
from desk.i18n import Refused
from tests.firm import DEPARTMENTS, PEOPLE, Firm
from tests.site import Site, Visit

OTHERS = [name for login, (name, *_) in PEOPLE.items() if login != "guest"] + [zh for zh, _ in DEPARTMENTS.values()]
ABSENCE = {"since": "2026-11-20T15:00", "until": "2026-11-23T18:00"}
PAGES = ["/people", "/people/wu", "/people/nobody", "/departments", "/departments/finance", "/departments/nothing"]
ADMIN = [
    "/people/new",
    "/departments/new",
    "/admin/calendars",
    "/admin/calendars/finance",
    "/admin/services",
    "/admin/rules",
]
DOORS = [
    "people/{}",
    "people/{}/superior",
    "people/{}/levels",
    "people/{}/roles",
    "people/{}/links",
    "people/{}/departure",
]


@pytest.fixture
async def guest(site: Site) -> Visit:
    return await site.browser("guest")


def _people_named(text: str) -> list[str]:
    return [name for name in OTHERS if name in text]


@pytest.mark.parametrize("path", PAGES + ADMIN)
async def test_a_guest_opens_no_page_of_the_house(guest: Visit, path: str) -> None:
    answer = await guest.get(path)
    assert answer.status_code in ((403,) if path in PAGES else (403, 404))
    assert _people_named(answer.text) == []


async def test_the_profile_of_a_guest_names_nobody_and_offers_no_absence(guest: Visit) -> None:
    text = (await guest.get("/profile")).text
    assert "Grace Liu" in text
    assert _people_named(text) == []
    assert "/profile/absence" not in text
    assert "/people/" not in text


@pytest.mark.parametrize("deputy", ["", "meng", "nobody"])
async def test_a_guest_enters_no_absence_and_cannot_ask_who_is_there(guest: Visit, firm: Firm, deputy: str) -> None:
    answer = await guest.post("/profile/absence", deputy=deputy, **ABSENCE)
    assert answer.status_code == 403
    assert await firm.rows(firm.admin, "select from absences") == []


@pytest.mark.parametrize("door", DOORS)
async def test_a_door_of_the_house_tells_a_guest_not_who_is_there(guest: Visit, door: str) -> None:
    page, told = guest.page, []
    for login in ("wu", "nobody"):
        guest.page = page
        answer = await guest.post("/" + door.format(login))
        told.append((answer.status_code, re.sub(r'name="_csrf" value="\w+"', "", answer.text)))
    assert told[0] == told[1]
    assert told[0][0] == 403


async def test_a_guest_has_no_absence_whoever_enters_it(firm: Firm) -> None:
    at = clock.now()
    async with db.acting_as(firm.admin):
        with pytest.raises(Refused, match="guest"):
            await directory.set_absence(firm.guest.person or 0, None, since=at, until=at.replace(day=23))


async def test_a_guest_holds_no_role(site: Site, firm: Firm) -> None:
    admin = await site.browser("admin")
    await admin.get("/people/guest")
    assert (await admin.post("/people/guest/roles", roles=["administrator"])).status_code == 422
    assert await firm.rows(firm.admin, "select from roles where person = $1", firm.guest.person) == []


async def test_whoever_holds_a_role_is_not_made_a_guest(firm: Firm) -> None:
    facts = {"name": "安然", "email": "admin@example.cn", "department": firm.legal, "title": None}
    async with db.acting_as(firm.admin):
        with pytest.raises(Refused, match="roles"):
            await directory.change_person(firm.admin.person or 0, guest=True, **facts)


def test_every_door_of_the_directory_says_that_it_is_the_staffs() -> None:
    assert [door.handler_name for door in routes if not door.opt.get("staff")] == []
