"""Words under a request are never wider than the request, and nobody edits them."""

import asyncpg
import pytest

from desk import db
from desk.disclosure import queries as disclosure
from desk.i18n import Forbidden, Invalid, NotFound
from desk.tickets import actions as tickets
from desk.tickets.actions.updates import Shut
from tests.firm import Firm

NOTE = {"tier": 3, "reason": "pay_and_appraisal", "sentence": "It names a sum."}


async def markers(firm: Firm, who: db.Reader, number: int) -> list[tuple[int, int]]:
    """[(tier, owner department)]"""
    async with db.acting_as(who, writing=False):
        ticket = await db.call("select id from tickets where number = $1", number)
        return [(one["tier"], one["owner_department"]) for one in await db.fetch(disclosure.OF_UPDATES, ticket)]


async def test_a_reply_under_a_restricted_request_cannot_be_open(firm: Firm):
    number = await firm.lin_asks_for("my pay slip", service="payroll")
    await firm.replies(firm.han, number, "It is 5 % more.", tier=1)

    assert await firm.words(firm.lin, number) == ["It is 5 % more."]
    (row,) = await firm.rows(firm.lin, "select tier, reason from updates")
    assert (row["tier"], row["reason"]) == (3, "pay_and_appraisal")
    assert await firm.rows(firm.wu, "select from updates") == []


async def test_all_that_hangs_on_a_restricted_request_is_as_shut(firm: Firm):
    number = await firm.lin_asks_for("my pay slip", service="payroll")
    await firm.replies(firm.han, number, by="2026-11-20 17:30")

    for table in ("tickets", "updates", "promises", "promise_events", "hops"):
        assert await firm.rows(firm.lin, f"select from {table}"), table
        assert await firm.rows(firm.qian, f"select from {table}") == [], table
    assert await firm.rows(firm.qian, "select from entries where ticket is not null") == []


async def test_a_restricted_note_is_a_marker_to_the_requester_and_to_lookers_on(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_notes(number, "she earns 30,000", **NOTE)

    for who in (firm.lin, firm.zhao):
        assert await firm.words(who, number) == []
        assert await markers(firm, who, number) == [(3, firm.finance)]
    assert await firm.words(firm.qian, number) == ["she earns 30,000"]
    assert await markers(firm, firm.qian, number) == []


async def test_a_department_note_is_read_by_those_who_take_part(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_notes(number, "still a draft", tier=2, reason="draft_before_decision")

    assert await firm.words(firm.lin, number) == await firm.words(firm.meng, number) == ["still a draft"]
    assert await firm.words(firm.zhao, number) == []


async def test_a_restricted_reply_still_reaches_whoever_asked(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_replies(number, "Your account ends in 42.", **NOTE)

    assert await firm.words(firm.lin, number) == ["Your account ends in 42."]
    assert await firm.words(firm.meng, number) == []


async def test_the_word_given_in_a_restricted_reply_is_as_shut(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.wu_replies(number, by="2026-11-20 17:30", **NOTE)

    assert len(await firm.promises(number, "expectation", firm.lin)) == 1
    assert await firm.promises(number, "expectation", firm.zhao) == []


async def test_restricted_words_need_a_reason_and_a_sentence(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")

    with pytest.raises(Invalid, match="reason"):
        await firm.wu_notes(number, "psst", tier=2)
    with pytest.raises(Invalid, match="sentence"):
        await firm.wu_notes(number, "psst", tier=3, reason="legal")
    assert await firm.words(firm.wu, number) == []


async def test_only_handlers_and_the_requester_restrict_words(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")

    with pytest.raises(Forbidden):
        await firm.does(firm.zhao, tickets.note, number, "psst", Shut(**NOTE))
    await firm.lin_writes(number, "My account ends in 42.", **NOTE)
    assert await firm.words(firm.wu, number) == ["My account ends in 42."]
    assert await firm.words(firm.meng, number) == []


async def test_a_program_writes_only_what_its_token_reaches(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")

    with pytest.raises(Forbidden, match="a token with a higher tier"):
        await firm.does(db.Reader(firm.wu.person, 1), tickets.note, number, "psst", Shut(**NOTE))


async def test_a_correction_is_as_shut_as_what_it_corrects(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    note = await firm.wu_notes(number, "she earns 30,000", **NOTE)
    await firm.does(firm.wu, tickets.correct, number, note.token, "she earns 31,000", "A typing mistake.")

    assert await firm.words(firm.qian, number) == ["she earns 30,000", "she earns 31,000"]
    assert await firm.words(firm.lin, number) == []


async def test_a_hidden_request_and_one_that_never_was_are_refused_alike(firm: Firm):
    number = await firm.lin_asks_for("my pay slip", service="payroll")
    said = []
    for wanted in (number, number + 1000):
        with pytest.raises(NotFound) as refused:
            await firm.does(firm.zhao, tickets.take, wanted)
        said.append(str(refused.value))
    assert said[0] == said[1]


@pytest.mark.parametrize(
    "change",
    [
        "update updates set body = 'nothing'",
        "delete from updates",
        "update tickets set title = 'nothing'",
        "update tickets set audience = '{everyone}'",
        "update tickets set tier = 0",
        "delete from promise_events",
        "update promise_events set at = at - interval '1 day'",
        "update promises set audience = '{everyone}'",
        "delete from promises",
        "update entries set by = null",
        "delete from entries",
        "delete from hops",
    ],
)
async def test_what_happened_is_neither_edited_nor_deleted(firm: Firm, change: str):
    await firm.wu_replies(await firm.lin_asks_for("a taxi receipt"))

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.acting_as(firm.wu):
            await db.call(change)


async def test_whom_a_request_interests_is_nobody_elses_business(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.does(firm.zhao, tickets.watch, number)
    await firm.does(firm.zhao, tickets.watch, number)

    assert len(await firm.rows(firm.zhao, "select from watches")) == 1
    assert await firm.rows(firm.lin, "select from watches") == []
    assert "request_watched" not in await firm.entries(number)
    await firm.does(firm.zhao, tickets.unwatch, number)
    assert await firm.rows(firm.zhao, "select from watches") == []
