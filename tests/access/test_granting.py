"""Who may let whom in, for how long; what is too much is refused with a sentence and stands in the journal."""

from datetime import date, timedelta

import asyncpg
import pytest

from desk import clock, db
from desk.accounts import actions as accounts
from desk.disclosure.actions import grants as actions
from desk.disclosure.queries import grants
from desk.disclosure.rules import Overreach
from desk.i18n import Invalid, NotFound
from tests.access.acts import SALARY, a_marked_note, asks, grants_it, lets_in
from tests.firm import Firm
from tests.notices.test_notices import _told, worker_runs
from tests.site import Site

_TRIED = (
    "select e.data ->> 'what' from entries e join people p on p.id = e.by where e.tag = 'grant_tried' and p.login = $1"
)
_CORE = "update updates set tier = 4, audience = array['person:' || author] where id = (select max(id) from updates)"


@pytest.mark.parametrize(
    ("login", "to", "until", "what", "status"),
    [
        ("wu", "meng", "2026-12-21", "grant_too_long", 422),
        ("wu", "wu", "2026-11-23", "grant_to_oneself", 403),
        ("admin", "admin", "2026-11-23", "grant_own_clearance", 403),
        ("wu", "guest", "2026-11-23", "grant_to_guest", 403),
    ],
)
async def test_what_nobody_may_give_is_refused_and_journaled(
    site: Site, superuser: asyncpg.Connection, login: str, to: str, until: str, what: str, status: int
) -> None:
    number, _ = await a_marked_note(site.firm)
    browser = await site.browser(login)
    refs = (await (await site.program("wu")).get(f"/api/requests/{number}/grants")).json()["portions"]
    answer = await browser.post(
        f"/requests/{number}/grants", person=to, refs=refs[0]["ref"], until=until, reason="A review."
    )

    assert answer.status_code == status
    assert "日志" in answer.text
    assert "A review." in answer.text
    assert await superuser.fetchval(_TRIED, login) == what
    assert await superuser.fetchval("select count(*) from grants") == 0


async def test_an_administrator_who_asked_does_not_answer_himself(site: Site, superuser: asyncpg.Connection) -> None:
    _, asked = await a_marked_note(site.firm)
    number = await asks(site.firm, site.firm.admin, asked)
    browser = await site.browser("admin")
    answer = await browser.post(f"/requests/{number}/access/grant", until="2026-11-23", reason="I clear myself.")

    assert answer.status_code == 403
    assert await superuser.fetchval(_TRIED, "admin") == "grant_own_clearance"


async def test_who_does_not_read_it_cannot_grant_it(firm: Firm, superuser: asyncpg.Connection) -> None:
    number, _ = await a_marked_note(firm)
    with pytest.raises(Invalid, match="at least one portion"):
        await lets_in(firm, firm.zhao, number, firm.meng)
    item = await superuser.fetchval("select 'update:' || max(id) from updates")
    with pytest.raises(Overreach, match="may not read"):
        async with db.acting_as(firm.han):
            await grants.check_may_grant([item], clock.now())


async def test_who_reads_it_by_a_grant_cannot_pass_it_on(firm: Firm) -> None:
    number, _ = await a_marked_note(firm)
    await lets_in(firm, firm.wu, number, firm.meng)

    with pytest.raises(Overreach, match="owning department"):
        await lets_in(firm, firm.meng, number, firm.zhao)


async def test_core_is_granted_by_its_author_and_passed_on_for_no_longer(
    firm: Firm, superuser: asyncpg.Connection
) -> None:
    number, _ = await a_marked_note(firm)
    await superuser.execute(_CORE)
    await lets_in(firm, firm.wu, number, firm.zhou, until=date(2026, 11, 23))

    with pytest.raises(Overreach, match="passed on"):
        await lets_in(firm, firm.zhou, number, firm.meng, until=date(2026, 11, 24))
    await lets_in(firm, firm.zhou, number, firm.meng, until=date(2026, 11, 23))
    assert await firm.words(firm.meng, number) == [SALARY]


async def test_a_grant_ends_early_and_its_holder_is_told(firm: Firm, superuser: asyncpg.Connection) -> None:
    of, asked = await a_marked_note(firm)
    await grants_it(firm, firm.wu, await asks(firm, firm.meng, asked))
    async with db.acting_as(firm.qian):
        (live,) = await grants.live(of)
        await actions.end_grant(live.token, at=clock.now())
    await worker_runs(superuser)

    assert await firm.words(firm.meng, of) == []
    assert (await _told(firm.meng))[-2:] == ["access_granted", "grant_ended"]


async def test_only_those_concerned_know_of_a_grant_and_end_it(firm: Firm) -> None:
    number, _ = await a_marked_note(firm)
    await lets_in(firm, firm.wu, number, firm.meng)
    async with db.acting_as(firm.meng, writing=False):
        (own,) = await grants.own()
    assert own.number == number
    for who in (firm.zhao, firm.admin, firm.han):
        async with db.acting_as(who, writing=False):
            assert await grants.live(number) == []
        with pytest.raises(NotFound):
            async with db.acting_as(who):
                await actions.end_grant(own.token, at=clock.now())


async def test_whoever_leaves_holds_it_no_more(firm: Firm) -> None:
    number, _ = await a_marked_note(firm)
    await lets_in(firm, firm.wu, number, firm.meng)
    async with db.acting_as(firm.admin):
        await accounts.leave(firm.meng.person or 0)

    async with db.acting_as(firm.wu, writing=False):
        assert await grants.live(number) == []


async def test_the_database_lets_nobody_in_past_the_rules(firm: Firm, superuser: asyncpg.Connection) -> None:
    await a_marked_note(firm)
    item = await superuser.fetchval("select 'update:' || max(id) from updates")
    give, soon = "select give_grants($1, array[$2], 'x', $3, 'why', null)", clock.now() + timedelta(days=1)
    for who, to, until in (
        (firm.admin, firm.meng, soon),
        (firm.wu, firm.wu, soon),
        (firm.wu, firm.guest, soon),
        (firm.wu, firm.meng, soon + timedelta(days=31)),
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with db.acting_as(who):
                await db.call(give, to.person, item, until)


async def test_the_journal_names_everything_that_a_grant_opens(firm: Firm, superuser: asyncpg.Connection) -> None:
    number, _ = await a_marked_note(firm)
    await firm.wu_notes(number, "beside", tier=3, reason="legal", sentence="x")
    await lets_in(firm, firm.wu, number, firm.meng)

    entry = "select jsonb_array_length(data -> 'items') from entries where tag = 'access_granted'"
    assert await superuser.fetchval(entry) == await superuser.fetchval("select count(*) from grants") >= 2
