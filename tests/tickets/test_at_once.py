"""Two who act in the same moment: one is done, the other is told, and nothing is done by halves."""

import asyncio
import contextlib

import pytest

from desk import clock, db
from desk.db import Lost
from desk.i18n import Refused
from desk.tickets import actions as tickets
from desk.tickets.actions.updates import Shut
from desk.tickets.queries.cases import held
from desk.tickets.rules.words import Expectation
from tests.firm import Firm, local


async def at_once(*tries) -> int:
    """How many succeeded; the others must have been told why."""
    results = await asyncio.gather(*tries, return_exceptions=True)
    faults = [result for result in results if isinstance(result, BaseException)]
    for fault in faults:
        assert isinstance(fault, Refused | Lost), repr(fault)
    return len(results) - len(faults)


async def test_a_request_goes_to_one_department_only(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")

    assert (
        await at_once(
            firm.does(firm.wu, tickets.hand_over, number, firm.hr, "They know."),
            firm.does(firm.zhou, tickets.hand_over, number, firm.legal, "They know better."),
            firm.does(firm.qian, tickets.hand_over, number, firm.operations, "They ought to know."),
        )
        == 1
    )
    assert len(await firm.rows(firm.lin, "select from hops")) == 2


async def test_a_request_has_one_outcome(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")

    assert (
        await at_once(
            firm.wu_resolves(number),
            firm.does(firm.zhou, tickets.resolve, number, "It is paid twice."),
            firm.does(firm.qian, tickets.decline, number, "It is not paid."),
        )
        == 1
    )
    assert len(await firm.words(firm.lin, number)) == 1


async def test_whoever_withdraws_and_whoever_resolves_do_not_both_end_it(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")

    assert await at_once(firm.lin_withdraws(number), firm.wu_resolves(number)) == 1
    (promise,) = await firm.promises(number, "resolution")
    assert (promise["state"] == "kept") == ((await firm.case(number, firm.lin)).state == "resolved")


async def test_a_click_on_accept_and_one_on_not_yet(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_resolves(number)

    await at_once(firm.lin_accepts(number), firm.lin_reopens(number))

    assert (await firm.case(number, firm.lin)).state == "open"  # in either order: what is accepted may be reopened
    assert len(await firm.rows(firm.lin, "select from hops where until is null")) == 1


async def test_two_who_answer_at_once_are_both_heard(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_takes(number)

    assert await at_once(firm.wu_replies(number, "Yes."), firm.replies(firm.zhou, number, "Yes!")) == 2
    (promise,) = await firm.promises(number, "first_reply")
    events = await firm.rows(firm.lin, "select from promise_events where promise = $1 and kind = 'kept'", promise["id"])
    assert len(events) == 1


@pytest.mark.parametrize("n", range(3))
async def test_a_question_and_its_answer_cross(firm: Firm, n: int):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_takes(number)

    await at_once(firm.wu_asks(number), firm.does(firm.lin, tickets.message, number, "By the way ...", Shut()))
    state = (await firm.case(number, firm.lin)).state
    assert (await firm.standing(number, "resolution"))[0] == ("paused" if state == "waiting" else "open")


async def between(firm: Firm, number: int, who, verb, *words, then, **more) -> None:
    """Somebody has read the request and is about to act; meanwhile another, who waits or is done first, changes it."""
    read, gone = asyncio.Event(), asyncio.Event()

    async def slow():
        async with db.acting_as(who):
            at = clock.now()
            seen = await held(number, at=at)
            read.set()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(gone.wait(), 0.3)
            await verb(seen, *words, at=at, **more)

    async def quick():
        await read.wait()
        await then
        gone.set()

    await at_once(slow(), quick())


async def test_no_word_is_owed_for_what_was_withdrawn_meanwhile(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    word = Expectation(local("2026-11-20 17:00"), "whether it is paid")

    await between(
        firm, number, firm.wu, tickets.reply, "Soon.", Shut(), expectation=word, then=firm.lin_withdraws(number)
    )

    assert not [one for one in await firm.promises(number, "expectation") if one["state"] == "open"]


async def test_a_message_written_during_a_handover_is_read_where_the_request_is(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    shut = Shut(tier=2, reason="negotiation")

    await between(
        firm,
        number,
        firm.lin,
        tickets.message,
        "Not a word to the others.",
        shut,
        then=firm.wu_hands_over(number, firm.hr),
    )

    assert await firm.words(firm.han, number) == ["Not a word to the others."]
