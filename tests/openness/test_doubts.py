"""Should this be open by now? Whoever may read it is asked; nobody else learns of it."""

import asyncpg
import pytest

from desk import db
from desk.directory import actions as directory
from desk.openness.queries import doubts
from tests.firm import Firm, local
from tests.site import Site

ABOUT = {"tier": 2, "reason": "negotiation"}
LEGAL = {"tier": 3, "reason": "legal", "sentence": "They have sued us."}


async def _doubts(firm: Firm, who: db.Reader, at: str) -> list[tuple[str, str]]:
    async with db.acting_as(who, writing=False):
        return [(one.title, one.doubt) for one in await doubts.doubtful(firm.finance, at=local(at))]


@pytest.fixture
async def priced(firm: Firm) -> int:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_notes(number, "the price we hope for", **ABOUT)
    return number


async def test_after_half_of_its_term_words_are_asked_about(firm: Firm, priced: int) -> None:
    assert await _doubts(firm, firm.wu, "2027-01-04 12:00") == []
    assert await _doubts(firm, firm.wu, "2027-01-05 12:00") == [("a laptop", "half")]


async def test_when_the_request_has_ended_the_reason_may_have(firm: Firm, priced: int) -> None:
    await firm.wu_takes(priced)
    await firm.wu_resolves(priced)
    assert await _doubts(firm, firm.wu, "2026-11-20 16:00") == []

    await firm.lin_accepts(priced)
    assert await _doubts(firm, firm.wu, "2026-11-20 16:00") == [("a laptop", "ended")]


async def test_when_the_writer_has_left_others_are_asked(firm: Firm, priced: int) -> None:
    async with db.acting_as(firm.admin):
        await directory.leave(firm.wu.person or 0, local("2026-11-21 09:00"))

    assert await _doubts(firm, firm.zhou, "2026-11-21 10:00") == [("a laptop", "left")]


async def test_what_is_past_its_day_or_too_old_weighs_most(
    firm: Firm, priced: int, superuser: asyncpg.Connection
) -> None:
    assert await _doubts(firm, firm.wu, "2027-03-01 12:00") == [("a laptop", "passed")]

    await superuser.execute("update updates set opens_on = '2028-01-01'")
    assert await _doubts(firm, firm.wu, "2027-06-01 12:00") == [("a laptop", "too_old")]


async def test_words_as_shut_as_their_request_are_not_listed_beside_it(firm: Firm) -> None:
    number = await firm.lin_asks_for("next year's budget", service="budget")
    await firm.wu_replies(number)

    assert await _doubts(firm, firm.wu, "2027-02-01 12:00") == [("next year's budget", "half")]


async def test_who_may_not_read_it_finds_nothing(firm: Firm, priced: int) -> None:
    await firm.wu_notes(priced, "they have sued us", **LEGAL)
    shown = {who: len(await _doubts(firm, firm.people[who], "2027-02-01 12:00")) for who in firm.people}

    assert shown == {
        "wu": 2, "zhou": 2, "qian": 2, "lin": 1, "meng": 1, "han": 0, "zhao": 0, "admin": 0, "guest": 0,
    }  # fmt: skip


async def test_the_page_leads_to_the_words(firm: Firm, site: Site, priced: int) -> None:
    firm.clock_says("2027-01-15 12:00")

    wu, zhao = [(await (await site.browser(login)).get("/openness/finance")).text for login in ("wu", "zhao")]

    assert f'href="/requests/{priced}/labels/' in wu
    assert f"/requests/{priced}" not in zhao
    assert "a laptop" not in zhao
