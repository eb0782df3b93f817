"""A question to the requester stops the resolution's clock, and no other."""

from desk.tickets import actions as tickets
from desk.tickets.actions.updates import Shut
from tests.firm import Firm


async def asked(firm: Firm) -> int:
    """Filed on Friday 15:00 with 18 business hours to go; asked at 16:00, when 17 are left."""
    number = await firm.lin_asks_for("a taxi receipt")
    firm.clock_says("2026-11-20 16:00")
    await firm.wu_asks(number)
    return number


async def test_a_question_is_an_answer_and_passes_the_request_to_the_requester(firm: Firm):
    number = await asked(firm)

    assert (await firm.standing(number, "first_reply"))[0] == "kept"
    assert (await firm.standing(number, "resolution"))[0] == "paused"
    assert (await firm.case(number, firm.lin)).state == "waiting"


async def test_the_answer_moves_the_due_by_the_business_time_that_was_waited(firm: Firm):
    number = await asked(firm)
    firm.clock_says("2026-11-23 10:00")
    await firm.lin_writes(number, "The one from Monday.")

    assert await firm.standing(number, "resolution") == ("open", "2026-11-25 12:00")
    assert (await firm.case(number, firm.lin)).state == "open"


async def test_the_answer_wants_a_reply_itself(firm: Firm):
    number = await asked(firm)
    firm.clock_says("2026-11-23 10:00")
    await firm.lin_writes(number, "The one from Monday.")

    assert await firm.standing(number, "next_reply") == ("open", "2026-11-23 18:00")


async def test_a_second_question_changes_nothing_of_the_pause(firm: Firm):
    number = await asked(firm)
    firm.clock_says("2026-11-20 17:00")
    await firm.wu_asks(number, "And which date?")
    firm.clock_says("2026-11-23 10:00")
    await firm.lin_writes(number, "The one from Monday.")

    assert await firm.standing(number, "resolution") == ("open", "2026-11-25 12:00")


async def test_a_colleague_cannot_answer_for_the_requester(firm: Firm):
    number = await asked(firm)
    await firm.does(firm.meng, tickets.message, number, "I think it was Monday's.", Shut())

    assert (await firm.standing(number, "resolution"))[0] == "paused"
    assert (await firm.case(number, firm.lin)).state == "waiting"


async def test_after_three_business_days_the_clock_goes_on_by_itself(firm: Firm):
    number = await asked(firm)
    await firm.time_passes_until("2026-11-25 17:59")
    assert (await firm.standing(number, "resolution"))[0] == "paused"

    await firm.time_passes_until("2026-11-25 18:00")
    assert await firm.standing(number, "resolution") == ("open", "2026-11-30 11:00")
    assert (await firm.entries(number)).count("pause_lapsed") == 1


async def test_an_answer_after_the_cap_does_not_give_the_time_back(firm: Firm):
    number = await asked(firm)
    await firm.time_passes_until("2026-11-26 10:00")
    await firm.lin_writes(number, "The one from Monday.")

    assert await firm.standing(number, "resolution") == ("open", "2026-11-30 11:00")


async def test_a_stopped_worker_does_not_prolong_a_pause(firm: Firm):
    number = await asked(firm)
    firm.clock_says("2026-11-26 10:00")
    await firm.lin_writes(number, "The one from Monday.")

    assert await firm.standing(number, "resolution") == ("open", "2026-11-30 11:00")


async def test_a_word_given_goes_on_while_the_desk_waits(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_expects(number, "2026-11-20 17:30")
    await firm.wu_asks(number)
    await firm.time_passes_until("2026-11-20 17:31")

    assert (await firm.standing(number, "expectation"))[0] == "broken"


async def test_asking_again_after_the_cap_renews_the_pause(firm: Firm):
    number = await asked(firm)
    await firm.time_passes_until("2026-11-26 09:00")
    await firm.wu_asks(number, "Are you still there?")

    assert (await firm.standing(number, "resolution"))[0] == "paused"


async def test_not_yet_is_an_answer_to_a_question_that_was_left_open(firm: Firm):
    number = await asked(firm)
    await firm.wu_resolves(number)
    firm.clock_says("2026-11-23 09:30")
    await firm.lin_reopens(number)

    assert await firm.standing(number, "resolution") == ("open", "2026-11-25 11:30")


async def test_a_promise_that_goes_on_after_the_cap_is_at_risk_in_time(firm: Firm):
    number = await asked(firm)
    await firm.time_passes_until("2026-11-25 18:00")
    await firm.time_passes_until("2026-11-27 15:29")
    assert not (await firm.promises(number, "resolution"))[0]["at_risk"]

    await firm.time_passes_until("2026-11-27 15:30")
    assert (await firm.promises(number, "resolution"))[0]["at_risk"]
