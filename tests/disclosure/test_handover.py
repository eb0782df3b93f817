"""A handover moves what the request and its requester keep shut; what a department wrote for itself stays its own."""

from desk import clock, db
from desk.tickets import actions as tickets
from desk.tickets.actions.files import File, Portion, attach
from desk.tickets.actions.updates import Written
from desk.tickets.queries.cases import case
from tests.firm import Firm

SHUT = {"tier": 3, "reason": "pay_and_appraisal", "sentence": "It names a sum."}
PDF = b"%PDF-1.4 a sum"


async def _with_file(firm: Firm, who: db.Reader, number: int, written: Written) -> None:
    async with db.acting_as(who):
        hangs_on = Portion(label=written.label, audience=written.audience, update=written.id)
        await attach((await case(number, at=clock.now())).id, [File("sum.pdf", PDF)], hangs_on, at=clock.now())


async def _read(firm: Firm, who: db.Reader) -> tuple[list[str], int]:
    """(words, how many files)"""
    words = await firm.rows(who, "select body from updates order by id")
    return [row["body"] for row in words], len(await firm.rows(who, "select from attachments"))


async def test_a_restricted_note_its_correction_and_their_files_stay_with_their_department(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "she earns 30,000", **SHUT)
    right = await firm.does(firm.wu, tickets.correct, number, note.token, "she earns 31,000", "a typing error")
    for written in (note, right):
        await _with_file(firm, firm.wu, number, written)

    await firm.wu_hands_over(number, firm.hr)

    assert await _read(firm, firm.han) == await _read(firm, firm.lin) == ([], 0)
    assert await _read(firm, firm.zhou) == (["she earns 30,000", "she earns 31,000"], 2)


async def test_under_a_restricted_request_a_note_stays_and_a_reply_goes_along(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question", **SHUT)
    note = await firm.wu_notes(number, "she earns 30,000")
    right = await firm.does(firm.wu, tickets.correct, number, note.token, "she earns 31,000", "a typing error")
    for written in (note, right, await firm.wu_replies(number, "It is 31,000.")):
        await _with_file(firm, firm.wu, number, written)

    await firm.wu_hands_over(number, firm.hr)

    assert await _read(firm, firm.han) == await _read(firm, firm.lin) == (["It is 31,000."], 1)
    assert await _read(firm, firm.zhou) == (["she earns 30,000", "she earns 31,000"], 2)


async def test_a_restricted_reply_stays_and_what_the_requester_shut_goes_along(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    reply = await firm.wu_replies(number, "It is 30,000.", **SHUT)
    asked = await firm.lin_writes(number, "Is that before tax?", **SHUT)
    for who, written in ((firm.wu, reply), (firm.lin, asked)):
        await _with_file(firm, who, number, written)

    await firm.wu_hands_over(number, firm.hr)

    assert await _read(firm, firm.han) == (["Is that before tax?"], 1)
    assert await _read(firm, firm.zhou) == (["It is 30,000."], 1)
    assert await _read(firm, firm.lin) == (["It is 30,000.", "Is that before tax?"], 2)
