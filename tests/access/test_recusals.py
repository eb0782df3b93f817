"""Whoever has a conflict of interest: rank and membership give nothing in this request, neither to read nor to act."""

from datetime import datetime

import asyncpg
import pytest

from desk import clock, db
from desk.directory import actions as directory
from desk.disclosure.actions import recusals
from desk.disclosure.queries import recusals as known
from desk.i18n import Refused
from desk.sla import jobs as promises
from desk.tickets import actions as tickets
from tests.access.test_labels import WHY
from tests.firm import Firm, local
from tests.site import Site


async def recuses(firm: Firm, by: db.Reader, number: int, who: db.Reader, until: datetime | None = None) -> None:
    async with db.acting_as(by):
        at = clock.now()
        await recusals.recuse(await known.standing(number), who.person or 0, "her sister", at=at, until=until)


async def ends(firm: Firm, by: db.Reader, number: int, who: db.Reader) -> None:
    async with db.acting_as(by):
        await recusals.end(await known.standing(number), who.person or 0, at=clock.now())


async def test_whoever_recuses_themselves_reads_it_by_rank_no_more(firm: Firm) -> None:
    number = await firm.lin_asks_for("a complaint", tier=3, **WHY)

    await recuses(firm, firm.zhou, number, firm.zhou)

    assert [await firm.reads(who, number) for who in (firm.zhou, firm.wu, firm.lin)] == [False, True, True]


async def test_at_tier_one_they_read_on_and_act_no_more(firm: Firm) -> None:
    number = await firm.lin_asks_for("a laptop")
    await recuses(firm, firm.zhou, number, firm.zhou)

    assert await firm.reads(firm.zhou, number)
    for verb, words in ((tickets.take, []), (tickets.hand_over, [firm.hr, "theirs"]), (tickets.resolve, ["done"])):
        with pytest.raises(Refused):
            await firm.does(firm.zhou, verb, number, *words)
    with pytest.raises(Refused, match="handle"):
        await firm.does(firm.wu, tickets.assign, number, firm.zhou.person)


async def test_the_database_lets_no_recused_handler_move_it(firm: Firm) -> None:
    number = await firm.lin_asks_for("a laptop")
    await recuses(firm, firm.zhou, number, firm.zhou)

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.acting_as(firm.zhou):
            await db.call("update tickets set handler = $1 where number = $2", firm.zhou.person, number)


async def test_what_was_in_their_hands_goes_back_to_the_department(firm: Firm) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_takes(number)

    await recuses(firm, firm.qian, number, firm.wu)

    assert (await firm.case(number, firm.lin)).handler is None
    assert {row["person"] for row in await firm.promises(number, "resolution")} == {None}
    assert (await firm.entries(number))[-1] == "recused"


@pytest.mark.parametrize("who", ["zhou", "lin", "zhao", "admin"])
async def test_only_a_head_or_an_auditor_recuses_somebody_else(firm: Firm, who: str) -> None:
    number = await firm.lin_asks_for("a laptop")

    with pytest.raises(Refused, match="head of the owner department"):
        await recuses(firm, firm.people[who], number, firm.wu)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.acting_as(firm.people[who]):
            ticket = (await known.standing(number)).ticket
            await db.call("select recuse($1, $2, 'x', $3, null)", ticket, firm.wu.person, clock.now())


async def test_an_auditor_does_and_the_head_ends_it(firm: Firm) -> None:
    async with db.acting_as(db.NOBODY):
        await directory.set_role(firm.zhao.person or 0, "auditor", held=True)
    number = await firm.lin_asks_for("a laptop", tier=2, reason="legal")
    async with db.acting_as(db.NOBODY):
        await directory.set_level(firm.zhao.person or 0, firm.operations, 2)

    await recuses(firm, firm.zhao, number, firm.wu)
    assert not await firm.reads(firm.wu, number)
    with pytest.raises(Refused):
        await ends(firm, firm.zhou, number, firm.wu)
    await ends(firm, firm.qian, number, firm.wu)

    assert await firm.reads(firm.wu, number)


async def test_the_recused_head_does_not_end_it(firm: Firm) -> None:
    number = await firm.lin_asks_for("a laptop")
    await recuses(firm, firm.qian, number, firm.qian)

    with pytest.raises(Refused, match="never the person"):
        await ends(firm, firm.qian, number, firm.qian)


async def test_a_recusal_ends_by_itself(firm: Firm) -> None:
    number = await firm.lin_asks_for("a complaint", tier=3, **WHY)
    await recuses(firm, firm.zhou, number, firm.zhou, until=local("2026-11-23 09:00"))
    assert not await firm.reads(firm.zhou, number)

    firm.clock_says("2026-11-23 09:00")

    assert await firm.reads(firm.zhou, number)


async def test_until_then_they_are_not_among_those_whom_it_concerns(firm: Firm) -> None:
    """At tier 1, where they could read what they were told of."""
    number = await firm.lin_asks_for("a laptop")
    ticket = (await firm.case(number, firm.lin)).id
    await recuses(firm, firm.zhou, number, firm.zhou, until=local("2026-11-23 09:00"))
    concerned = "select person from concerned($1, $2) where part = 'department' order by 1"

    told = [[row["person"] for row in await firm.rows(db.NOBODY, concerned, ticket, clock.now())]]
    firm.clock_says("2026-11-23 09:00")
    told.append([row["person"] for row in await firm.rows(db.NOBODY, concerned, ticket, clock.now())])

    assert told == [[firm.wu.person], sorted([firm.wu.person or 0, firm.zhou.person or 0])]


async def test_own_words_stay_ones_own(firm: Firm) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_notes(number, "I know her", tier=3, **WHY)

    await recuses(firm, firm.wu, number, firm.wu)

    assert await firm.words(firm.wu, number) == ["I know her"]


async def test_nothing_climbs_to_whoever_is_recused(firm: Firm) -> None:
    async with db.acting_as(firm.admin):
        await directory.set_superior(firm.wu.person, firm.qian.person)
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_takes(number)
    await recuses(firm, firm.qian, number, firm.qian)

    firm.clock_says("2026-12-20 10:00")
    await promises.sweep()

    climbed = "select distinct level, via from escalations where level = 2"
    assert [(row["level"], row["via"]) for row in await firm.rows(firm.zhou, climbed)] == [(2, "unfilled")]


async def test_the_page_says_who_and_why_and_refusals_are_journaled(site: Site, firm: Firm) -> None:
    number = await firm.lin_asks_for("a laptop")
    zhou, zhao = await site.browser("zhou"), await site.browser("zhao")
    await zhou.get(f"/requests/{number}/recusals")

    silent = await zhou.post(f"/requests/{number}/recusals", why=" ")
    done = await zhou.post(f"/requests/{number}/recusals", why="她是我妹妹")
    await zhao.get(f"/requests/{number}/recusals")
    other = await zhao.post(f"/requests/{number}/recusals", person="wu", why="x")

    assert (silent.status_code, done.status_code, other.status_code) == (422, 303, 403)
    assert "她是我妹妹" in zhao.page
    refused = await firm.rows(firm.zhao, "select by from entries where tag = 'label_refused' order by id")
    assert [row["by"] for row in refused] == [firm.zhou.person, firm.zhao.person]
