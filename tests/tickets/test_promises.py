"""The ledger of promises: by me, to me, by my department; the earliest due first, and only what may be read."""

import re
from html import unescape

import pytest

from desk.tickets.routes import promises
from tests.firm import Firm
from tests.site import Site, Visit
from tests.tickets.test_renewals import agrees, asks

_NUMBER = re.compile(r'href="/requests/(\d+)"')
_NEXT = re.compile(r'href="(/promises\?[^"]*after=[^"]*)"')
_TAB = re.compile(r'href="/promises\?of=(\w+)"')


async def numbers(visit: Visit, path: str) -> list[int]:
    found = (await visit.get(path)).text.split('id="promises"')[1]
    return [int(number) for number in _NUMBER.findall(found)]


@pytest.fixture
async def three(firm: Firm) -> list[int]:
    """吴 owes 林 a word on Monday, one today at 17:00, and one on Monday that she asks to move."""
    found = [await firm.lin_asks_for(title) for title in ("a chair", "a lamp", "a desk")]
    for number, by in zip(found, ("2026-11-23 12:00", "2026-11-20 17:00", "2026-11-23 11:00"), strict=True):
        await firm.wu_expects(number, by)
    await asks(firm, found[2], "2026-11-24 12:00")
    return found


async def words(visit: Visit, path: str) -> list[int]:
    """Requests in the order of their words, the resolutions left out: they are due on Tuesday, 18:00."""
    text = (await visit.get(path)).text.split('id="promises"')[1]
    return [int(_NUMBER.findall(row)[0]) for row in text.split("<li ")[1:] if "whether it is paid" in row]


@pytest.mark.parametrize(
    ("who", "of"), [("wu", "by_me"), ("lin", "to_me"), ("zhou", "department"), ("qian", "department")]
)
async def test_the_earliest_due_stands_first(site: Site, three: list[int], who: str, of: str) -> None:
    chair, lamp, desk = three
    visit = await site.browser(who)

    assert await words(visit, f"/promises?of={of}") == [lamp, desk, chair]
    assert await words(visit, f"/promises?of={of}&show=today") == [lamp]
    assert await words(visit, f"/promises?of={of}&show=asked") == [desk]
    assert await words(visit, f"/promises?of={of}&show=broken") == []


async def test_what_is_broken_stands_there_until_it_is_done(site: Site, three: list[int]) -> None:
    wu = await site.browser("wu")
    site.firm.clock_says("2026-11-20 17:00")  # the very second is in time
    assert await words(wu, "/promises?of=by_me&show=broken") == []
    site.firm.clock_says("2026-11-20 17:01")  # no worker has looked yet
    assert await words(wu, "/promises?of=by_me&show=broken") == [three[1]]

    await site.firm.wu_replies(three[1])
    assert await words(wu, "/promises?of=by_me&show=broken") == []


async def test_a_question_that_came_too_late_is_no_question_any_more(site: Site, three: list[int]) -> None:
    wu = await site.browser("wu", **{"accept-language": "en"})
    assert "asked to move to" in (await wu.get("/promises?of=by_me")).text
    site.firm.clock_says("2026-11-23 11:00")
    wu = await site.browser("wu", **{"accept-language": "en"})

    assert await words(wu, "/promises?of=by_me&show=asked") == []
    assert "asked to move to" not in (await wu.get("/promises?of=by_me")).text


async def test_a_pause_is_on_the_list_too(site: Site) -> None:
    number = await site.firm.lin_asks_for("a chair")
    await site.firm.wu_asks(number)
    for who, of in (("lin", "to_me"), ("wu", "by_me"), ("zhou", "department")):
        visit = await site.browser(who)
        assert await numbers(visit, f"/promises?of={of}") == [number]
        assert await numbers(visit, f"/promises?of={of}&show=broken") == []


async def test_nobody_finds_there_what_they_may_not_read(site: Site) -> None:
    number = await site.firm.lin_asks_for("a chair")
    shut = {"tier": 3, "reason": "legal", "sentence": "a quarrel"}
    await site.firm.wu_replies(number, "Between us.", by="2026-11-20 17:00", **shut)
    readers = {who: await site.browser(who) for who in ("lin", "zhou", "qian", "wu")}

    assert [await words(visit, "/promises?of=department") for visit in readers.values()] == [[number]] * 4
    await site.firm.wu_hands_over(number, site.firm.hr)
    han = await site.browser("han")
    assert await words(han, "/promises?of=department") == []
    assert await words(await site.browser("zhao"), "/promises?of=department") == []


async def test_every_promise_stands_on_one_page(site: Site, three: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(promises, "PAGE", 2)
    for who, of in (("lin", "to_me"), ("wu", "by_me"), ("zhou", "department")):
        visit, pages = await site.browser(who), [f"/promises?of={of}"]
        while found := _NEXT.search((await visit.get(pages[-1])).text):
            pages.append(unescape(found[1]))
        listed = [await numbers(visit, page) for page in pages]

        assert [len(page) for page in listed] == [2, 2, 2]
        assert sorted(number for page in listed for number in page) == sorted(three * 2)


async def test_a_place_that_no_page_led_to_is_refused(site: Site) -> None:
    lin = await site.browser("lin")

    assert (await lin.get("/promises?after=1763625600000000.1")).status_code == 422


@pytest.mark.parametrize(
    ("who", "tabs"),
    [("wu", ["by_me", "to_me", "department"]), ("lin", ["to_me", "by_me"]), ("guest", ["to_me"])],
)
async def test_everybody_has_the_tabs_that_concern_them(site: Site, who: str, tabs: list[str]) -> None:
    visit = await site.browser(who)
    text = (await visit.get("/promises")).text.split('class="segments"')[0]

    assert list(dict.fromkeys(_TAB.findall(text))) == tabs
    assert "/promises" in (await visit.get("/")).text
    assert (await visit.get("/promises?of=department&show=nonsense")).status_code == 200


async def test_a_word_that_was_moved_stands_at_its_new_place(site: Site, three: list[int]) -> None:
    await agrees(site.firm, three[2], "2026-11-24 12:00")
    lin = await site.browser("lin")

    assert await words(lin, "/promises?of=to_me") == [three[1], three[0], three[2]]
    assert await words(lin, "/promises?of=to_me&show=asked") == []
