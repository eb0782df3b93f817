"""The desk answers, and says by when the next word comes."""

import pytest

from desk.i18n import Forbidden, Invalid, Refused
from desk.tickets import actions as tickets
from desk.tickets.actions.updates import Shut
from desk.tickets.rules.words import Expectation
from tests.firm import Firm, local, told


async def test_a_reply_keeps_the_first_promise_and_takes_the_request(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_replies(number, by="2026-11-20 17:30")

    assert (await firm.standing(number, "first_reply"))[0] == "kept"
    assert (await firm.standing(number, "resolution"))[0] == "open"
    assert (await firm.case(number, firm.lin)).handler == firm.wu.person
    assert await firm.entries(number) == ["request_filed", "request_taken", "reply_written"]


async def test_a_late_first_reply_leaves_the_promise_broken(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    firm.clock_says("2026-11-23 09:01")
    await firm.wu_replies(number)

    (promise,) = await firm.promises(number, "first_reply")
    assert (promise["state"], told(promise["settled_at"])) == ("broken", "2026-11-23 09:01")


async def test_a_reply_in_the_very_second_of_the_close_is_in_time(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    firm.clock_says("2026-11-20 18:00")
    await firm.wu_replies(number)

    assert (await firm.standing(number, "first_reply"))[0] == "kept"


async def test_a_note_answers_nobody(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_notes(number, "she asked last week, too")

    assert (await firm.standing(number, "first_reply"))[0] == "open"


async def test_neither_does_a_colleague_who_knows_something(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.does(firm.zhao, tickets.message, number, "I had the same.", Shut())

    assert (await firm.standing(number, "first_reply"))[0] == "open"
    assert await firm.promises(number, "next_reply") == []


async def test_only_the_requesters_messages_wait_for_an_answer(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_replies(number)
    await firm.does(firm.zhao, tickets.message, number, "I had the same.", Shut())

    assert await firm.promises(number, "next_reply") == []


async def test_only_handlers_of_the_department_speak_for_it(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")

    for who in (firm.zhao, firm.han, firm.lin, firm.admin):
        with pytest.raises(Forbidden, match="Only handlers"):
            await firm.replies(who, number)
    await firm.replies(firm.qian, number)


async def test_nobody_answers_their_own_request(firm: Firm):
    number = await firm.files(firm.wu, "my own receipt")

    with pytest.raises(Forbidden, match="asked for this yourself"):
        await firm.wu_replies(number)
    await firm.replies(firm.zhou, number)


async def test_the_requester_writes_messages_and_no_notes(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")

    with pytest.raises(Forbidden, match="you are the requester"):
        await firm.does(firm.lin, tickets.note, number, "psst", Shut())


async def test_every_message_after_the_first_reply_waits_for_an_answer_of_its_own(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_replies(number)
    await firm.lin_writes(number)
    firm.clock_says("2026-11-20 16:30")
    await firm.lin_writes(number, "And the bus?")

    cycles = await firm.promises(number, "next_reply")
    assert [told(cycle["due_at"]) for cycle in cycles] == ["2026-11-20 18:00", "2026-11-23 18:00"]
    await firm.wu_replies(number)
    assert [cycle["state"] for cycle in await firm.promises(number, "next_reply")] == ["kept", "kept"]


async def test_a_message_before_the_first_reply_promises_nothing_more(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.lin_writes(number, "One more thing.")

    assert await firm.promises(number, "next_reply") == []


async def test_a_reply_says_by_when_the_next_word_comes_or_that_it_is_the_answer(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    later = Expectation(local("2026-11-20 17:00"), "the bank's answer")

    with pytest.raises(Invalid, match="give an expectation"):
        await firm.does(firm.wu, tickets.reply, number, "Soon.", Shut())
    with pytest.raises(Invalid, match="not both"):
        await firm.does(firm.wu, tickets.reply, number, "Soon.", Shut(), expectation=later, answer=True)
    with pytest.raises(Invalid, match="has passed"):
        await firm.wu_replies(number, by="2026-11-20 15:00")
    assert (await firm.standing(number, "first_reply"))[0] == "open"


async def test_a_word_given_is_a_promise_of_the_one_who_gave_it(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_expects(number, "2026-11-20 17:30")

    (promise,) = await firm.promises(number, "expectation")
    assert (promise["person"], promise["promisee"]) == (firm.wu.person, firm.lin.person)
    assert (promise["what"], told(promise["due_at"])) == ("whether it is paid", "2026-11-20 17:30")


async def test_the_answer_keeps_the_word(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_expects(number, "2026-11-20 17:30")
    await firm.wu_replies(number, "It is paid.")

    assert (await firm.standing(number, "expectation"))[0] == "kept"


async def test_another_word_is_another_promise_and_does_not_prolong_the_first(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_expects(number, "2026-11-20 17:00")
    await firm.wu_expects(number, "2026-11-23 12:00")
    await firm.time_passes_until("2026-11-20 17:01")

    assert [one["state"] for one in await firm.promises(number, "expectation")] == ["broken", "open"]


async def test_whoever_wrote_may_correct_and_both_versions_stay(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    first = await firm.wu_replies(number, "It is paid.")
    await firm.does(firm.wu, tickets.correct, number, first.token, "It is not paid yet.", "I read the wrong line.")

    rows = await firm.rows(firm.lin, "select id, body, corrects, why from updates order by id")
    assert [row["body"] for row in rows] == ["It is paid.", "It is not paid yet."]
    assert (rows[1]["corrects"], rows[1]["why"]) == (rows[0]["id"], "I read the wrong line.")


async def test_a_correction_gives_its_reason(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    first = await firm.wu_replies(number, "It is paid.")

    with pytest.raises(Invalid, match="why you correct"):
        await firm.does(firm.wu, tickets.correct, number, first.token, "It is not paid yet.", " ")


async def test_nobody_corrects_the_words_of_others(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    first = await firm.wu_replies(number, "It is paid.")

    with pytest.raises(Forbidden, match="Only whoever wrote"):
        await firm.does(firm.zhou, tickets.correct, number, first.token, "No.", "I know better.")
    with pytest.raises(Invalid, match="cannot be found"):
        await firm.does(firm.wu, tickets.correct, number, "no-such-token", "No.", "A guess.")


async def test_an_ended_request_takes_no_more_words(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.lin_withdraws(number)

    for attempt in (firm.lin_writes(number), firm.wu_notes(number, "late"), firm.wu_replies(number)):
        with pytest.raises(Refused, match="takes no more words"):
            await attempt
