"""The queue, page by page."""

import re
from html import unescape

import pytest

from desk import db
from desk.sla.actions import policies
from desk.sla.rules.policies import Line
from desk.sla.rules.targets import Budget
from desk.tickets import actions as tickets
from desk.tickets.routes import queue
from tests.site import Site, Visit

_NEXT = re.compile(r'href="(/queue\?[^"]*after=[^"]*)"')
_NUMBER = re.compile(r'href="/requests/(\d+)"')


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "PAGE", 2)


async def _walked(visit: Visit, path: str) -> list[str]:
    """The addresses of all pages from one on."""
    paths = [path]
    while found := _NEXT.search((await visit.get(paths[-1])).text):
        paths.append(unescape(found[1]))
    return paths


async def _numbers(visit: Visit, path: str) -> list[str]:
    return list(dict.fromkeys(_NUMBER.findall((await visit.get(path)).text)))


@pytest.mark.parametrize("path", ["/queue?state=todo&department=finance", "/queue?state=all"])
async def test_every_request_stands_on_one_page(site: Site, short: None, path: str) -> None:
    filed = [str(await site.firm.lin_asks_for(f"BX-110{n}")) for n in range(5)]
    wu = await site.browser("wu")

    pages = [await _numbers(wu, page) for page in await _walked(wu, path)]

    assert [len(page) for page in pages] == [2, 2, 1]
    assert sorted(number for page in pages for number in page) == filed


@pytest.mark.parametrize("place", ["1763625600000000.1", "1", "x" * 40])
async def test_a_place_that_no_page_led_to_is_refused(site: Site, place: str) -> None:
    wu = await site.browser("wu")

    assert (await wu.get(f"/queue?state=todo&department=finance&after={place}")).status_code == 422


async def test_the_address_of_the_next_page_names_no_row(site: Site, short: None) -> None:
    for n in range(3):
        await site.firm.lin_asks_for(f"BX-110{n}")
    rows = await site.firm.rows(site.firm.wu, "select id from promises")
    wu = await site.browser("wu")

    place = (await _walked(wu, "/queue?state=todo&department=finance"))[1].partition("after=")[2]

    assert re.fullmatch(r"[\w-]{80,}", place)
    assert not {str(row["id"]) for row in rows} & set(re.split(r"\W", place))


async def test_whoever_handles_nothing_sees_what_is_open_with_its_due(site: Site) -> None:
    waiting, done = [await site.firm.lin_asks_for(title) for title in ("a chair", "a lamp")]
    await site.firm.does(site.firm.lin, tickets.withdraw, done)
    lin = await site.browser("lin")

    assert await _numbers(lin, "/queue") == [str(waiting)]
    assert "今天18:00" in lin.page
    assert await _numbers(lin, "/queue?state=all") == [str(done), str(waiting)]


@pytest.mark.parametrize("risky", [1, 2, 3])
async def test_what_is_due_sooner_does_not_pass_what_has_used_three_quarters(
    site: Site, short: None, risky: int
) -> None:
    firm = site.firm
    old = [await firm.lin_asks_for(f"BX-{n}") for n in range(risky)]
    for number in old:
        await firm.wu_replies(number)
    await firm.time_passes_until("2026-11-24 14:30")
    async with db.acting_as(firm.admin):
        await policies.add(Line(zh="甲", en="A", department=firm.legal, reply=Budget(3600)))
    new = [await firm.files(firm.zhao, "BX-8"), await firm.lin_asks_for("BX-9")]
    wu = await site.browser("wu")

    pages = [await _numbers(wu, page) for page in await _walked(wu, "/queue?state=todo&department=finance")]
    assert [int(number) for page in pages for number in page] == [*old, *new]
    assert (await firm.standing(new[0], "first_reply"))[1] < (await firm.standing(old[0], "resolution"))[1]


async def test_guests_find_no_list_of_departments(site: Site) -> None:
    guest = await site.browser("guest")

    assert [(await guest.get(path)).status_code for path in ("/queue", "/desk")] == [403, 403]
    assert "/queue" not in (await guest.get("/")).text
