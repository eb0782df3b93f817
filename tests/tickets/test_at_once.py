"""Two who act in the same moment: one is done, the other is told, and nothing is done by halves."""

import asyncio

import pytest

from desk.db import Lost
from desk.i18n import Refused
from desk.tickets import actions as tickets
from desk.tickets.actions.updates import Shut
from tests.firm import Firm


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

    assert await at_once(firm.lin_accepts(number), firm.lin_reopens(number)) == 1
    assert (await firm.case(number, firm.lin)).state in ("accepted", "open")


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
