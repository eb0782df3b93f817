"""An auditor and a second person of another line open a request for an hour at most, and its owner is told at once."""

import asyncpg
import pytest

from desk import clock, db
from desk.db import Reader
from desk.directory import actions as directory
from desk.disclosure.actions import grants as actions
from desk.disclosure.queries import grants
from desk.disclosure.rules import Overreach
from tests.access.acts import SALARY, a_marked_note
from tests.firm import Firm
from tests.notices.test_notices import _told, worker_runs
from tests.site import Site


@pytest.fixture
async def number(firm: Firm) -> int:
    """赵 audits, 韩 is of human resources."""
    async with db.acting_as(db.NOBODY):
        await directory.set_role(firm.zhao.person or 0, "auditor", held=True)
        await directory.set_role(firm.han.person or 0, "hr", held=True)
    return (await a_marked_note(firm))[0]


async def asks_to_break(firm: Firm, number: int, minutes: int = 60) -> None:
    async with db.acting_as(firm.zhao):
        await actions.ask_glass(number, "A report of fraud.", minutes, roles=("auditor",), at=clock.now())


async def agrees(who: Reader) -> None:
    async with db.acting_as(who):
        (asked,) = await grants.glass()
        await actions.agree_glass(asked.token, at=clock.now())


async def test_it_opens_when_the_second_person_agrees_and_shuts_by_itself(firm: Firm, number: int) -> None:
    await asks_to_break(firm, number)
    assert await firm.words(firm.zhao, number) == []
    await agrees(firm.han)
    assert await firm.words(firm.zhao, number) == [SALARY]

    firm.clock_says("2026-11-20 16:00")
    assert await firm.words(firm.zhao, number) == []


async def test_the_owner_is_told_at_once_and_sees_it_among_the_grants(
    firm: Firm, superuser: asyncpg.Connection, number: int
) -> None:
    await asks_to_break(firm, number)
    await agrees(firm.han)
    await worker_runs(superuser)

    assert "glass_broken" in await _told(firm.qian)
    async with db.acting_as(firm.qian, writing=False):
        (live,) = await grants.live(number)
    assert (live.name, live.by, live.glass) == ("赵一鸣", "韩梅", True)


async def test_core_and_sealed_words_open_too_and_a_head_who_may_not_read_is_told_whose_they_are(
    firm: Firm, superuser: asyncpg.Connection, number: int
) -> None:
    await worker_runs(superuser)
    await superuser.execute(
        "update updates set tier = 4, sealed = true, audience = array['person:' || author];"
        "update tickets set tier = 4, sealed = true, audience = array['person:' || requester]"
    )
    await asks_to_break(firm, number)
    await agrees(firm.han)
    await worker_runs(superuser)

    assert await firm.words(firm.zhao, number) == [SALARY]
    assert not await firm.reads(firm.qian, number)
    assert (await _told(firm.qian))[-1] == "glass_broken"


async def test_a_superior_a_subordinate_and_the_auditor_are_no_second_person(firm: Firm, number: int) -> None:
    async with db.acting_as(db.NOBODY):
        await directory.set_superior(firm.zhao.person or 0, firm.qian.person or 0)
    await asks_to_break(firm, number)

    for who in (firm.qian, firm.wu, firm.zhao):
        async with db.acting_as(who, writing=False):
            asked = [one for one in await grants.glass() if not one.mine]
        assert asked == []
    async with db.acting_as(firm.zhao, writing=False):
        (mine,) = await grants.glass()
    with pytest.raises(Overreach, match="another line"):
        async with db.acting_as(firm.qian):
            await actions.agree_glass(mine.token, at=clock.now())


async def test_a_number_that_was_never_issued_is_asked_for_in_the_same_way(site: Site, number: int) -> None:
    auditor = await site.program("zhao")
    for of in (number, 987654):
        answer = await auditor.post("/api/access/glass", json={"number": of, "reason": "fraud", "minutes": 30})
        assert (answer.status_code, answer.text) == (204, "")


@pytest.mark.parametrize(
    ("login", "minutes", "what", "status"),
    [("zhao", "61", "glass_too_long", 422), ("wu", "30", "glass_auditors_only", 403)],
)
async def test_longer_than_an_hour_and_by_nobody_else(
    site: Site, superuser: asyncpg.Connection, number: int, login: str, minutes: str, what: str, status: int
) -> None:
    browser = await site.browser(login)
    answer = await browser.post("/access/glass", number=str(number), reason="fraud", minutes=minutes)

    assert answer.status_code == status
    assert await superuser.fetchval("select data ->> 'what' from entries where tag = 'grant_tried'") == what


async def test_agreeing_is_journaled_also_where_there_is_no_such_request(
    firm: Firm, superuser: asyncpg.Connection, number: int
) -> None:
    await asks_to_break(firm, 987_654)
    await agrees(firm.han)

    assert await superuser.fetchval("select by from entries where tag = 'glass_agreed'") == firm.han.person
