"""Which request a letter goes on with, and what of that may follow."""

from datetime import timedelta

import pytest

from desk import clock, db
from desk.tickets import actions as tickets
from desk.tickets.actions.updates import Shut
from desk.tickets.queries.cases import both
from tests.firm import Firm
from tests.intake.post import OURS, PASSED, Post, letter, received

FOLLOWED = """
select e.data::text as data from entries e join tickets t on t.id = e.ticket where e.tag = 'request_followed' and t.number = $1
"""
WU = "吴桐 <wu@example.cn>"


async def entry(post: Post, tag: str) -> int:
    return int((await post.entry(tag))["id"])


async def test_an_answer_to_the_signed_address_is_a_message(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    row = await post.says("The blue one.", to=post.address(number, firm.lin), subject="something else entirely")

    assert (row["outcome"], row["number"]) == ("message", number)
    assert await post.words(number) == [("message", "The blue one.", False)]


async def test_an_answer_by_our_own_id_is_a_message(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_replies(number, by="2026-11-20 17:30")
    ours = post.signer.message_id(await entry(post, "reply_written"), firm.lin.person)
    row = await post.says("The blue one.", subject="Re: a laptop", In_Reply_To=f"<{ours}>")

    assert (row["outcome"], row["number"]) == ("message", number)


async def test_the_newest_of_the_references_counts(firm: Firm, post: Post) -> None:
    older = await firm.lin_asks_for("a laptop")
    first = post.signer.message_id(await entry(post, "request_filed"), firm.lin.person)
    newer = await firm.lin_asks_for("a laptop bag")
    second = post.signer.message_id(await entry(post, "request_filed"), firm.lin.person)
    row = await post.says("This one.", subject="Re: a laptop bag", References=f"<{first}> <{second}>")

    assert (row["number"], older) != (older, newer)
    assert row["number"] == newer


async def test_an_answer_to_a_letter_that_became_a_request_goes_there(post: Post) -> None:
    first = await post.says(Message_ID="<first@example.cn>", subject="A chair")
    row = await post.says("And a lamp.", subject="回复：A chair", References="<first@example.cn>")

    assert (row["outcome"], row["number"]) == ("message", first["number"])


async def test_an_answer_under_another_subject_is_another_request(post: Post) -> None:
    first = await post.says(Message_ID="<first@example.cn>", subject="A chair")
    row = await post.says("And a lamp.", subject="The window", References="<first@example.cn>")

    assert row["outcome"] == "request"
    assert row["number"] != first["number"]


async def test_a_signed_address_in_what_is_quoted_is_found(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    head = f"From: {post.address(number, firm.lin)}\nSent: today\nTo: x\nSubject: y"
    quoted = f"Blue.\n\n-----Original Message-----\n{head}\n\nwhich?"
    row = await post.says(quoted, subject="(none)")

    assert (row["outcome"], row["number"]) == ("message", number)
    assert [body for _, body, _ in await post.words(number)] == ["Blue."]


async def test_the_number_in_the_subject_counts_for_who_takes_part(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    by_lin = await post.says("Blue.", subject=f"[#{number}] a laptop")
    by_zhao = await post.says("Give me one too.", subject=f"[#{number}] a laptop", sender="zhao@example.cn")

    assert by_lin["number"] == number
    assert (by_zhao["outcome"], by_zhao["number"] == number) == ("request", False)


async def test_a_stranger_with_somebody_elses_address_is_held(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    address = post.address(number, firm.lin)
    rows = [await post.says("Me too.", to=address, sender=who) for who in ("zhao@example.cn", "eve@elsewhere.example")]

    assert [(row["state"], row["outcome"]) for row in rows] == [("held", "stranger")] * 2
    assert await post.words(number) == []


async def test_what_is_hidden_and_what_never_was_are_held_alike(firm: Firm, post: Post) -> None:
    hidden = await firm.files(firm.lin, "my pay", service="payroll")
    rows = [
        await post.says(f"Let me see {n}.", to=post.address(n, firm.zhao), sender="zhao@example.cn")
        for n in (hidden, 999_999)
    ]

    assert [(row["state"], row["outcome"], row["fault"]) for row in rows] == [("held", "stranger", None)] * 2


async def test_a_reply_to_what_was_merged_goes_to_what_is_left(firm: Firm, post: Post) -> None:
    gone, stays = await firm.lin_asks_for("a laptop"), await firm.lin_asks_for("a laptop, please")
    async with db.acting_as(firm.wu):
        at = clock.now()
        await tickets.merge(*await both(gone, stays, at=at), at=at)
    row = await post.says("Blue.", to=post.address(gone, firm.lin))

    assert (row["outcome"], row["number"]) == ("message", stays)


async def test_a_question_is_answered_by_mail_and_the_clock_runs_on(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_asks(number)
    await post.says("ok", to=post.address(number, firm.lin))

    assert (await post.request(number))["state"] == "open"


async def test_a_message_after_the_resolution_wants_an_answer_and_reopens_nothing(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_resolves(number)
    await post.says("When can I fetch it?", to=post.address(number, firm.lin))

    assert (await post.request(number))["state"] == "resolved"
    assert (await firm.standing(number, "next_reply"))[0] == "open"


@pytest.mark.parametrize("words", ["谢谢！", "收到，谢谢您", "Thanks!", "ok\n\n林晓雯", "好的，辛苦了。"])
async def test_thanks_reopen_nothing_and_owe_nothing(firm: Firm, post: Post, words: str) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_resolves(number)
    row = await post.says(words, to=post.address(number, firm.lin))

    assert (row["outcome"], (await post.request(number))["state"]) == ("thanks", "resolved")
    assert await firm.promises(number, "next_reply") == []


@pytest.mark.parametrize("words", ["还没好，钱没到。", "还没有收到", "Not yet: it is still missing."])
async def test_not_yet_at_the_start_reopens(firm: Firm, post: Post, words: str) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_resolves(number)
    row = await post.says(words, to=post.address(number, firm.lin))

    request = await post.request(number)
    assert (row["outcome"], request["state"], request["reopened"]) == ("not_yet", "open", 1)


async def test_who_writes_on_after_the_end_begins_a_linked_request(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_resolves(number)
    await firm.lin_accepts(number)
    thanks = await post.says("谢谢", to=post.address(number, firm.lin))
    firm.clock_says("2026-12-18 10:00")
    row = await post.says("还没好，又坏了。", to=post.address(number, firm.lin), subject="又坏了")

    assert (thanks["number"], (await post.request(number))["state"]) == (number, "accepted")
    assert row["outcome"] == "request"
    assert f'"other": {number}' in (await firm.rows(firm.lin, FOLLOWED, row["number"]))[0]["data"]


async def test_a_handlers_verified_answer_is_a_reply(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    row = await post.says("It is on its way.", to=post.address(number, firm.wu), sender=WU)

    assert (row["outcome"], await post.words(number)) == ("reply", [("reply", "It is on its way.", False)])
    assert (await firm.standing(number, "first_reply"))[0] == "kept"


async def test_an_answer_to_a_note_stays_a_note(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.does(firm.zhou, tickets.note, number, "Is she entitled?", Shut())
    ours = post.signer.message_id(await entry(post, "note_written"), firm.wu.person)
    for more in ({"to": post.address(number, firm.wu)}, {"Authentication_Results": PASSED}):
        subject = f"Re: [#{number}]"
        row = await post.says(f"She is: {more}", sender=WU, subject=subject, In_Reply_To=f"<{ours}>", **more)
        assert row["outcome"] == "note"

    assert not any("entitled" in body or "She is" in body for body in await firm.words(firm.zhao, number))


async def test_what_came_before_the_last_deed_counts_after_it(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    firm.clock_says("2026-11-20 16:00")
    await firm.wu_asks(number)
    address = post.address(number, firm.lin)
    early = letter("Blue.", to=address, Received=received(clock.now() - timedelta(hours=1)))
    row = await post.brings(early, to=address)

    assert row["outcome"] == "message"
    assert (await firm.standing(number, "resolution"))[0] == "open"


async def test_nothing_is_counted_by_the_thread_index(firm: Firm, post: Post) -> None:
    first = await post.says(subject="A chair", Thread_Index="AQHabc==")
    row = await post.says("And a lamp", subject="A chair", Thread_Index="AQHabc==", to=OURS)

    assert row["number"] != first["number"]


async def test_an_answer_to_a_restricted_note_is_as_restricted(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    shut = Shut(3, "personal_data", "Her address is in it.")
    await firm.does(firm.zhou, tickets.note, number, "She lives far away.", shut)
    ours = post.signer.message_id(await entry(post, "note_written"), firm.wu.person)
    await post.says("I know.", sender=WU, to=post.address(number, firm.wu), In_Reply_To=f"<{ours}>")

    tiers = await post.superuser.fetch("select kind, tier from updates order by id desc limit 1")
    assert [tuple(row) for row in tiers] == [("note", 3)]
