"""What is made of a request opens to nobody whom the request was shut to: neither to the recused, nor past a seal."""

import asyncpg
import pytest

from desk import clock, db
from desk.catalog import actions as catalog
from desk.catalog.actions import RuleDraft
from desk.disclosure.queries import recusals as known
from desk.i18n import Refused
from desk.tickets import actions as tickets
from desk.tickets.actions.splitting import Draft
from tests.access.test_labels import WHY
from tests.access.test_recusals import recuses
from tests.access.test_seals import seals
from tests.firm import Firm, local
from tests.tickets.test_linking import together

_MERGED = "insert into relations (ticket, other, kind, by, at) values ($1, $2, 'merged', $3, $4)"


async def about_zhou(firm: Firm) -> int:
    """林 complains of 周, who handles in the same department and is recused by its head."""
    number = await firm.lin_asks_for("a complaint", tier=3, **WHY)
    await recuses(firm, firm.zhou, number, firm.zhou)
    return number


async def told(firm: Firm, who: db.Reader, number: int) -> list[tuple[str, str]]:
    """Whom somebody sees recused, and why."""
    async with db.acting_as(who, writing=False):
        of = await known.standing(number)
        return [(one.login, one.why) for one in await known.of(of.ticket, at=clock.now())]


async def by_hand(firm: Firm, goes: int, stays: int) -> None:
    """A merge past the rules of the actions."""
    [promise] = await firm.promises(goes, "first_reply")
    ids = [(await firm.case(number, firm.wu)).id for number in (goes, stays)]
    async with db.acting_as(firm.wu):
        await db.call("update tickets set state = 'merged', ended_at = $2 where id = $1", ids[0], clock.now())
        await db.call(_MERGED, *ids, firm.wu.person, clock.now())
        await db.call("select move_promises($1, $2, $3)", *ids, [promise["id"]])


async def test_whoever_is_recused_does_not_read_what_is_split_off(firm: Firm) -> None:
    number = await about_zhou(firm)
    words = await firm.wu_replies(number, "She was loud.")

    new = await firm.does(firm.wu, tickets.split, number, Draft(title="loud"), [words.token])

    assert [await firm.reads(who, new) for who in (firm.zhou, firm.wu, firm.lin)] == [False, True, True]


async def test_nor_a_child_nor_what_goes_on_from_it(firm: Firm) -> None:
    number = await about_zhou(firm)
    child = await firm.does(firm.wu, tickets.file_child, number, Draft(title="her file", service="expenses"))
    await firm.wu_declines(number)
    firm.clock_says("2026-12-07 10:00")
    follows = await firm.does(firm.lin, tickets.follow, number, Draft(title="again"))

    assert [await firm.reads(firm.zhou, new) for new in (child, follows)] == [False, False]
    assert [await firm.reads(firm.wu, new) for new in (child, follows)] == [True, True]


async def test_the_handler_is_never_one_who_is_recused(firm: Firm) -> None:
    number = await about_zhou(firm)
    async with db.acting_as(db.NOBODY):
        await catalog.add_rule(RuleDraft(department="finance", service="expenses", handler="zhou"))
    child = await firm.does(firm.wu, tickets.file_child, number, Draft(title="her file", service="expenses"))

    assert (await firm.case(child, firm.wu)).handler is None
    assert {row["person"] for row in await firm.promises(child, "resolution", firm.wu)} == {None}


async def test_the_reason_stays_with_the_first_and_who_only_asked_is_not_told_whom_it_concerns(firm: Firm) -> None:
    number = await about_zhou(firm)
    words = await firm.wu_replies(number, "She was loud.")
    new = await firm.does(firm.wu, tickets.split, number, Draft(title="loud"), [words.token])

    assert await told(firm, firm.wu, new) == [("zhou", "")]
    assert await told(firm, firm.lin, new) == []


async def test_nor_are_the_recused_told_when_and_by_whom_it_was_said_there(firm: Firm) -> None:
    number = await about_zhou(firm)
    firm.clock_says("2026-11-20 16:00")
    draft = Draft(title="chairs", service="expenses", cleaned="Nobody is named.")
    child = await firm.does(firm.wu, tickets.file_child, number, draft)

    async with db.acting_as(firm.zhou, writing=False):
        of = await known.standing(child)
        [one] = await known.of(of.ticket, at=clock.now())
    assert (one.since, one.by) == (local("2026-11-20 16:00"), "吴桐")


async def test_nobody_takes_recusals_along_from_what_was_not_made_of_it(firm: Firm) -> None:
    number, mine = await about_zhou(firm), await firm.lin_asks_for("a laptop")
    await together(firm, firm.lin, tickets.link, mine, number, "relates")

    for who in (firm.lin, firm.wu):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with db.acting_as(who):
                await db.call("select follow_recusals(id) from tickets where number = $1", mine)


async def test_it_is_not_merged_into_what_they_may_read(firm: Firm) -> None:
    goes = await about_zhou(firm)
    stays = await firm.lin_asks_for("another complaint", tier=3, **WHY)
    with pytest.raises(Refused, match="recused here"):
        await together(firm, firm.wu, tickets.merge, goes, stays)
    await recuses(firm, firm.zhou, stays, firm.zhou)

    await together(firm, firm.wu, tickets.merge, goes, stays)

    assert (await firm.case(goes, firm.lin)).state == "merged"


async def test_the_database_moves_no_promise_to_where_the_recused_read_it(firm: Firm) -> None:
    goes = await about_zhou(firm)
    stays = await firm.lin_asks_for("another complaint", tier=3, **WHY)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await by_hand(firm, goes, stays)
    await recuses(firm, firm.zhou, stays, firm.zhou)

    await by_hand(firm, goes, stays)


async def test_nothing_is_made_of_a_request_that_is_sealed(firm: Firm, superuser: asyncpg.Connection) -> None:
    number = await firm.lin_asks_for("a complaint", tier=3, **WHY)
    other = await firm.lin_asks_for("another complaint", tier=3, **WHY)
    words = await firm.wu_replies(number, "She was loud.")
    await seals(firm, number)
    number = await superuser.fetchval("select number from tickets where sealed")
    before = await superuser.fetchval("select count(*) from tickets")

    for cleaned in (None, "It names nobody."):
        draft = Draft(title="loud", body="It is loud.", cleaned=cleaned)
        with pytest.raises(Refused, match="sealed"):
            await firm.does(firm.wu, tickets.split, number, draft, [words.token])
        with pytest.raises(Refused, match="sealed"):
            await firm.does(firm.wu, tickets.file_child, number, draft)
    for ends in ((number, other), (other, number)):
        with pytest.raises(Refused, match="sealed"):
            await together(firm, firm.wu, tickets.merge, *ends)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await by_hand(firm, *ends)
    await firm.wu_declines(number)
    firm.clock_says("2026-12-07 10:00")
    with pytest.raises(Refused, match="sealed"):
        await firm.does(firm.lin, tickets.follow, number, Draft(title="again"))
    assert await superuser.fetchval("select count(*) from tickets") == before


async def test_nothing_is_made_of_words_that_are_sealed(firm: Firm) -> None:
    number = await firm.lin_asks_for("a complaint", tier=3, **WHY)
    other = await firm.lin_asks_for("another complaint", tier=3, **WHY)
    words = await firm.replies(firm.wu, number, by="2026-11-24 10:00", tier=3, **WHY)
    await seals(firm, number, words.token)

    with pytest.raises(Refused, match="sealed"):
        await firm.does(firm.wu, tickets.split, number, Draft(title="loud"), [words.token])
    with pytest.raises(Refused, match="sealed"):
        await together(firm, firm.wu, tickets.merge, number, other)
    assert await firm.reads(firm.zhou, await firm.does(firm.wu, tickets.split, number, Draft(title="the rest"), []))
