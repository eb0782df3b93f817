"""In whose hands a request is: taken, assigned, handed over, and never in nobody's without a line that says so."""

import asyncio
from itertools import pairwise

import pytest

from desk import clock, db
from desk.db import Lost, Reader
from desk.directory import actions as directory
from desk.i18n import Forbidden, Invalid, Refused
from desk.tickets import actions as tickets
from desk.tickets.actions.updates import Shut
from desk.tickets.queries import show
from tests.firm import Firm, local, told

_HOPS = "select h.* from hops h join tickets t on t.id = h.ticket where t.number = $1 order by h.since"


async def hops(firm: Firm, number: int):
    """[(finance's id, or requester; since; until)]"""
    rows = await firm.rows(firm.lin, _HOPS, number)
    return [(row["department"] or row["holder"], told(row["since"]), told(row["until"])) for row in rows]


async def test_whoever_takes_a_request_owes_what_was_promised(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_takes(number)

    (promise,) = await firm.promises(number, "first_reply")
    assert promise["person"] == firm.wu.person


async def test_a_request_that_is_taken_is_not_taken_again(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_takes(number)

    with pytest.raises(Refused, match="taken this request already"):
        await firm.wu_takes(number)
    with pytest.raises(Refused, match="A colleague has taken"):
        await firm.does(firm.zhou, tickets.take, number)


async def test_of_two_who_take_at_once_one_is_refused(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")

    tries = [firm.does(who, tickets.take, number) for who in (firm.wu, firm.zhou, firm.qian)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert results.count(None) == 1
    assert all(isinstance(result, Refused | Lost) for result in results if result is not None)
    assert (await firm.entries(number)).count("request_taken") == 1


async def test_only_handlers_of_the_department_take(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")

    for who in (firm.lin, firm.zhao, firm.han):
        with pytest.raises(Forbidden, match="Only handlers"):
            await firm.does(who, tickets.take, number)


async def test_a_request_is_assigned_to_a_colleague_of_the_department_and_to_nobody_else(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.does(firm.qian, tickets.assign, number, firm.zhou.person)

    assert (await firm.case(number, firm.lin)).handler == firm.zhou.person
    with pytest.raises(Refused, match="does not handle requests of this department"):
        await firm.does(firm.qian, tickets.assign, number, firm.han.person)


async def test_a_handover_moves_what_is_owed_with_its_due_times(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_takes(number)
    firm.clock_says("2026-11-20 17:30")
    await firm.wu_hands_over(number, firm.hr)

    for kind, due in (("first_reply", "2026-11-20 18:00"), ("resolution", "2026-11-24 18:00")):
        (promise,) = await firm.promises(number, kind)
        assert (promise["department"], promise["person"], told(promise["due_at"])) == (firm.hr, None, due)


async def test_a_word_given_stays_with_the_one_who_gave_it(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_expects(number, "2026-11-20 17:30")
    await firm.wu_hands_over(number, firm.hr)

    (promise,) = await firm.promises(number, "expectation")
    assert (promise["department"], promise["person"]) == (firm.finance, firm.wu.person)


async def test_after_a_handover_the_others_answer(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_hands_over(number, firm.hr)

    with pytest.raises(Forbidden, match="Only handlers"):
        await firm.wu_replies(number)
    await firm.replies(firm.han, number)
    assert (await firm.case(number, firm.lin)).handler == firm.han.person


async def test_a_handover_gives_its_reason_and_goes_elsewhere(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")

    with pytest.raises(Invalid, match="reason"):
        await firm.wu_hands_over(number, firm.hr, " ")
    with pytest.raises(Refused, match="in that department already"):
        await firm.wu_hands_over(number, firm.finance)
    assert await hops(firm, number) == [(firm.finance, "2026-11-20 15:00", None)]


async def test_nothing_is_handed_to_a_department_that_is_closed(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    async with db.acting_as(db.NOBODY):
        empty = await directory.add_department("archive", "档案室", "Archive")
        await directory.change_department(empty, name_zh="档案室", name_en="Archive", closed=True)

    with pytest.raises(Refused, match="closed"):
        await firm.wu_hands_over(number, empty)


async def test_nothing_is_handed_to_a_department_without_a_calendar(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    async with db.acting_as(db.NOBODY):
        new = await directory.add_department("archive", "档案室", "Archive")

    with pytest.raises(Refused, match="no business calendar"):
        await firm.wu_hands_over(number, new)


async def test_a_shut_request_opens_to_whoever_serves_now_and_shuts_for_whoever_gave_it(firm: Firm):
    number = await firm.lin_asks_for("next year's budget", service="budget")
    assert [await firm.reads(who, number) for who in (firm.wu, firm.han, firm.meng)] == [True, False, True]
    await firm.wu_hands_over(number, firm.hr)

    assert [await firm.reads(who, number) for who in (firm.wu, firm.han, firm.meng)] == [False, True, True]


async def test_a_restricted_request_changes_hands_with_all_that_hangs_on_it(firm: Firm):
    number = await firm.lin_asks_for("my pay slip", service="payroll")
    await firm.replies(firm.han, number, "Let me ask finance.")
    await firm.does(firm.han, tickets.hand_over, number, firm.finance, "They book it.")

    assert [await firm.reads(who, number) for who in (firm.han, firm.wu, firm.zhao)] == [False, True, False]
    assert await firm.words(firm.wu, number) == ["Let me ask finance."]
    assert len(await firm.promises(number, "resolution", firm.wu)) == 1
    assert await firm.words(firm.lin, number) == ["Let me ask finance."]


async def test_a_note_of_those_who_gave_it_away_stays_theirs(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_notes(number, "her third", tier=3, reason="investigation", sentence="It names somebody.")
    await firm.wu_hands_over(number, firm.hr)

    assert await firm.words(firm.zhou, number) == ["her third"]
    assert await firm.words(firm.han, number) == []


async def test_every_second_has_exactly_one_holder(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    firm.clock_says("2026-11-20 15:30")
    await firm.wu_hands_over(number, firm.hr)
    firm.clock_says("2026-11-20 16:00")
    await firm.does(firm.han, tickets.ask, number, "Which month?", Shut())
    firm.clock_says("2026-11-23 09:30")
    await firm.lin_writes(number, "October.")
    firm.clock_says("2026-11-23 11:00")
    await firm.does(firm.han, tickets.resolve, number, "Done.")
    firm.clock_says("2026-11-24 10:00")
    await firm.lin_accepts(number)

    spans = await hops(firm, number)
    assert [holder for holder, _, _ in spans] == [firm.finance, firm.hr, "requester", firm.hr, "requester"]
    assert all(until == since for (_, _, until), (_, since, _) in pairwise(spans))
    assert (spans[0][1], spans[-1][2]) == ("2026-11-20 15:00", "2026-11-24 10:00")


async def test_the_sums_of_all_holders_are_the_wall_time(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    firm.clock_says("2026-11-20 15:30")
    await firm.wu_hands_over(number, firm.hr)
    firm.clock_says("2026-11-21 03:17")
    await firm.lin_withdraws(number)

    async with db.acting_as(firm.lin, writing=False):
        sums = show.held(await db.fetch(_HOPS, number), clock.now())
    wall = (local("2026-11-21 03:17") - local("2026-11-20 15:00")).total_seconds()
    assert sums[("department", firm.finance)] == 1800
    assert sum(sums.values()) == wall


async def test_between_an_end_and_a_reopening_it_is_in_nobodys_hands(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_declines(number)
    firm.clock_says("2026-11-21 15:00")
    await firm.lin_reopens(number)
    firm.clock_says("2026-11-21 16:00")

    async with db.acting_as(firm.lin, writing=False):
        sums = show.held(await db.fetch(_HOPS, number), clock.now())
    assert sums == {("department", firm.finance): 3600, ("nobody", None): 24 * 3600}


async def test_whoever_handles_no_longer_speaks_no_longer_for_the_department(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    async with db.acting_as(db.NOBODY):
        await directory.set_level(firm.wu.person, firm.finance, 2)

    with pytest.raises(Forbidden, match="Only handlers"):
        await firm.wu_takes(number)
    assert await firm.reads(Reader(firm.wu.person), number)


async def test_nobody_handles_what_they_asked_for(firm: Firm) -> None:
    number = await firm.files(firm.wu, "my own hotel")

    with pytest.raises(Forbidden, match="a colleague has to answer"):
        await firm.wu_takes(number)
    with pytest.raises(Refused, match="choose another colleague"):
        await firm.does(firm.zhou, tickets.assign, number, firm.wu.person)
