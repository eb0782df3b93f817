"""The desk resolves or declines; the customer judges."""

import pytest

from desk.i18n import Forbidden, Invalid, Refused
from desk.tickets import actions as tickets
from desk.tickets.rules import states
from desk.tickets.rules.states import State
from tests.firm import Firm, told


async def resolved(firm: Firm, at: str = "2026-11-23 10:00") -> int:
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_replies(number)
    firm.clock_says(at)
    await firm.wu_resolves(number)
    return number


async def test_resolving_fixes_the_verdict_whenever_it_is_accepted(firm: Firm):
    number = await resolved(firm, "2026-11-24 18:00")
    firm.clock_says("2026-11-26 11:00")
    await firm.lin_accepts(number)

    (promise,) = await firm.promises(number, "resolution")
    assert (promise["state"], told(promise["settled_at"])) == ("kept", "2026-11-24 18:00")
    assert (await firm.case(number, firm.lin)).state == "accepted"


async def test_a_late_outcome_leaves_the_promise_broken_though_it_is_accepted(firm: Firm):
    number = await resolved(firm, "2026-11-25 09:00")
    await firm.lin_accepts(number)

    assert (await firm.standing(number, "resolution"))[0] == "broken"


async def test_an_outcome_keeps_whatever_was_still_owed(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_expects(number, "2026-11-20 17:30")
    await firm.lin_writes(number)
    await firm.wu_resolves(number)

    for kind in ("first_reply", "next_reply", "expectation", "resolution"):
        assert (await firm.standing(number, kind))[0] == "kept"


async def test_an_outcome_is_one_sentence(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")

    with pytest.raises(Invalid, match="one sentence"):
        await firm.wu_resolves(number, " ")
    assert (await firm.case(number, firm.lin)).state == "open"


async def test_whoever_did_the_work_cannot_accept_it(firm: Firm):
    number = await resolved(firm)

    with pytest.raises(Forbidden, match="the person who asked"):
        await firm.does(firm.wu, tickets.accept, number)
    with pytest.raises(Forbidden, match="the person who asked"):
        await firm.does(firm.meng, tickets.accept, number)


def test_not_even_when_they_asked_for_it_themselves():
    with pytest.raises(Forbidden, match="You worked on this request"):
        states.check_judge(7, requester=7, workers=[7], state=State.RESOLVED)


async def test_nothing_is_accepted_before_it_is_resolved(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")

    with pytest.raises(Refused, match="cannot be judged yet"):
        await firm.lin_accepts(number)


async def test_a_second_click_on_accept_is_told_so(firm: Firm):
    number = await resolved(firm)
    await firm.lin_accepts(number)

    with pytest.raises(Refused, match="accepted"):
        await firm.lin_accepts(number)
    assert (await firm.entries(number)).count("request_accepted") == 1


async def test_not_yet_resumes_the_same_promise_without_counting_the_closed_time(firm: Firm):
    number = await resolved(firm)
    firm.clock_says("2026-11-23 15:00")
    await firm.lin_reopens(number)

    assert await firm.standing(number, "resolution") == ("open", "2026-11-25 14:00")
    assert len(await firm.promises(number, "resolution")) == 1
    assert await firm.standing(number, "next_reply") == ("open", "2026-11-23 18:00")


async def test_not_yet_counts(firm: Firm):
    number = await resolved(firm)
    await firm.lin_reopens(number)
    await firm.wu_resolves(number)
    await firm.lin_reopens(number)

    assert (await firm.case(number, firm.lin)).reopened == 2
    assert (await firm.entries(number)).count("request_not_yet") == 2


async def test_not_yet_does_not_mend_a_broken_promise(firm: Firm):
    number = await resolved(firm, "2026-11-25 09:00")
    await firm.lin_reopens(number)
    await firm.wu_resolves(number)

    assert (await firm.standing(number, "resolution"))[0] == "broken"


async def test_not_yet_gives_its_reason(firm: Firm):
    number = await resolved(firm)

    with pytest.raises(Invalid, match="reason"):
        await firm.lin_reopens(number, "")
    assert (await firm.case(number, firm.lin)).state == "resolved"


async def test_only_the_requester_says_not_yet(firm: Firm):
    number = await resolved(firm)

    with pytest.raises(Forbidden, match="the person who asked"):
        await firm.does(firm.zhou, tickets.reopen, number, "I doubt it.")


async def test_for_five_business_days_an_accepted_request_can_go_on(firm: Firm):
    number = await resolved(firm)
    await firm.lin_accepts(number)
    firm.clock_says("2026-11-30 18:00")
    await firm.lin_reopens(number)

    assert (await firm.case(number, firm.lin)).state == "open"
    assert (await firm.entries(number))[-1] == "request_reopened"


async def test_after_five_business_days_it_takes_a_new_request(firm: Firm):
    number = await resolved(firm)
    await firm.lin_accepts(number)
    firm.clock_says("2026-12-01 09:00")

    with pytest.raises(Refused, match="more than 5 business days ago"):
        await firm.lin_reopens(number)


async def test_five_business_days_of_silence_accept(firm: Firm):
    number = await resolved(firm)
    await firm.time_passes_until("2026-11-30 17:59")
    assert (await firm.case(number, firm.lin)).state == "resolved"

    await firm.time_passes_until("2026-11-30 18:00")
    await firm.time_passes_until("2026-11-30 18:01")
    assert (await firm.case(number, firm.lin)).state == "accepted"
    assert (await firm.entries(number)).count("acceptance_lapsed") == 1


async def test_a_worker_that_looks_late_finds_the_same_end(firm: Firm):
    await resolved(firm)
    await firm.time_passes_until("2026-12-24 09:00")

    (row,) = await firm.rows(firm.lin, "select t.ended_at, h.until from tickets t join hops h on h.ticket = t.id "
                                       "order by h.since desc limit 1")  # fmt: skip
    assert (told(row["ended_at"]), told(row["until"])) == ("2026-11-30 18:00", "2026-11-30 18:00")


async def test_declining_answers_and_takes_back_the_promise_to_resolve(firm: Firm):
    number = await firm.lin_asks_for("a loan")
    await firm.wu_declines(number)

    assert (await firm.standing(number, "first_reply"))[0] == "kept"
    assert (await firm.standing(number, "resolution"))[0] == "withdrawn"
    assert await firm.words(firm.lin, number) == ["Loans are not given here."]


async def test_declining_gives_its_reason(firm: Firm):
    number = await firm.lin_asks_for("a loan")

    with pytest.raises(Invalid, match="reason"):
        await firm.wu_declines(number, "")


async def test_a_declined_request_can_be_reopened_and_owes_the_rest_of_its_time(firm: Firm):
    number = await firm.lin_asks_for("a loan")
    await firm.wu_declines(number)
    firm.clock_says("2026-11-23 09:00")
    await firm.lin_reopens(number, "It is no loan.")

    assert (await firm.standing(number, "resolution"))[0] == "open"
    assert (await firm.case(number, firm.lin)).state == "open"


async def test_whoever_asked_may_withdraw_and_nothing_is_owed_any_more(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.lin_withdraws(number)

    for kind in ("first_reply", "resolution"):
        assert (await firm.standing(number, kind))[0] == "withdrawn"


async def test_nobody_else_withdraws_a_request(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")

    with pytest.raises(Forbidden, match="Only the person who asked"):
        await firm.does(firm.wu, tickets.withdraw, number)


async def test_withdrawing_does_not_hide_a_promise_that_is_broken_by_then(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    firm.clock_says("2026-11-23 09:00")
    await firm.lin_withdraws(number)

    assert (await firm.standing(number, "first_reply"))[0] == "broken"
    assert (await firm.standing(number, "resolution"))[0] == "withdrawn"
