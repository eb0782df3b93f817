"""An invited guest reads what is open and speaks only in what the guest has asked for."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from desk import db
from desk.catalog import actions as catalog
from desk.catalog.actions import Draft
from desk.i18n import Forbidden
from desk.tickets import actions as tickets
from desk.tickets.actions.files import File
from desk.tickets.actions.updates import Shut
from tests.firm import Firm
from tests.site import Site

ACTS: dict[str, tuple[Callable[..., Awaitable[Any]], tuple[Any, ...]]] = {
    "note": (tickets.note, ("x", Shut())),
    "message": (tickets.message, ("x", Shut())),
    "files": (tickets.attach_to, ([File("a.txt", b"x")],)),
}


@pytest.fixture
async def open_firm(firm: Firm) -> Firm:
    """With a service that guests may ask."""
    async with db.acting_as(db.NOBODY):
        await catalog.add_service("badge", Draft(department="finance", name_zh="门禁卡", name_en="A badge", tier=0))
    return firm


@pytest.mark.parametrize("act", ACTS)
async def test_a_guest_writes_nothing_under_what_others_asked_for(open_firm: Firm, act: str) -> None:
    number = await open_firm.lin_asks_for("a badge", service="badge")
    verb, words = ACTS[act]
    assert await open_firm.reads(open_firm.guest, number)

    with pytest.raises(Forbidden, match="own requests"):
        await open_firm.does(open_firm.guest, verb, number, *words)
    assert await open_firm.words(open_firm.lin, number) == []


async def test_a_guest_goes_on_with_an_own_request(open_firm: Firm) -> None:
    number = await open_firm.files(open_firm.guest, "a badge", service="badge")
    await open_firm.wu_replies(number)

    await open_firm.does(open_firm.guest, tickets.message, number, "When?", Shut())
    await open_firm.does(open_firm.guest, tickets.attach_to, number, [File("a.txt", b"x")])

    assert await open_firm.words(open_firm.guest, number) == ["It is being looked at.", "When?"]


async def test_the_page_offers_a_guest_no_words_under_what_others_asked_for(site: Site, open_firm: Firm) -> None:
    theirs = await open_firm.lin_asks_for("a badge", service="badge")
    own = await open_firm.files(open_firm.guest, "a badge", service="badge")
    guest = await site.browser("guest")

    pages = [(await guest.get(f"/requests/{number}")).text for number in (theirs, own)]

    assert [f"/requests/{number}/updates" in page for number, page in zip((theirs, own), pages, strict=True)] == [
        False,
        True,
    ]
