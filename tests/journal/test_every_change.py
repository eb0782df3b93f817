"""Every change of a request writes its entry."""

from desk.tickets import actions as tickets
from desk.tickets.actions.files import File
from tests.firm import Firm


async def test_everything_that_happens_to_a_request_is_in_the_journal(firm: Firm) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_takes(number)
    await firm.does(firm.wu, tickets.assign, number, firm.zhou.person)
    written = await firm.replies(firm.zhou, number, by="2026-11-20 17:30")
    await firm.does(firm.zhou, tickets.correct, number, written.token, "better words", "I was wrong")
    await firm.does(firm.zhou, tickets.attach_to, number, [File("a.txt", b"words")])
    await firm.wu_notes(number, "among us")
    await firm.wu_asks(number)
    await firm.lin_writes(number)
    await firm.wu_resolves(number)
    await firm.lin_reopens(number)
    await firm.wu_declines(number)
    await firm.lin_reopens(number)
    await firm.wu_hands_over(number, firm.hr)
    await firm.does(firm.han, tickets.resolve, number, "It is done.")
    await firm.lin_accepts(number)

    assert await firm.entries(number) == [
        "request_filed", "request_taken", "request_assigned", "reply_written", "correction_written", "files_attached",
        "note_written", "question_asked", "message_written", "request_resolved", "request_not_yet", "request_declined",
        "request_reopened", "request_handed_over", "request_taken", "request_resolved", "request_accepted",
    ]  # fmt: skip


async def test_withdrawing_is_in_the_journal_and_watching_only_in_ones_own(firm: Firm) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.does(firm.zhao, tickets.watch, number)
    await firm.lin_withdraws(number)

    assert await firm.entries(number) == ["request_filed", "request_withdrawn"]
    watched = "select count(*) from entries where tag = 'request_watched'"
    assert [(await firm.rows(who, watched))[0][0] for who in (firm.zhao, firm.wu)] == [1, 0]
