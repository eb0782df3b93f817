"""Labels that move: raised, prolonged, lowered; what hangs on them; what may not be, and is in the journal."""

from typing import Any

import asyncpg
import pytest

from desk import clock, db
from desk.access.routes import label_shapes as shapes
from desk.access.routes import moving
from desk.disclosure import queries as disclosure
from desk.disclosure.rules import Marker
from desk.i18n import Refused
from desk.tickets import actions as tickets
from desk.tickets import jobs
from desk.tickets.actions.files import File, Portion, attach
from desk.tickets.queries.cases import case
from tests.firm import Firm, local

WHY: dict[str, Any] = {"reason": "pay_and_appraisal", "sentence": "It names a sum."}


async def moves(firm: Firm, who: db.Reader, number: int, token: str, act: moving.Act, name: str = "raise") -> None:
    await moving.move(who, number, token, act, name=name, at=clock.now())


async def raises(firm: Firm, who: db.Reader, number: int, token: str, tier: int, **more: Any) -> None:
    await moves(firm, who, number, token, moving.raising(shapes.Raising(tier=tier, **WHY | more)))


async def prolongs(firm: Firm, who: db.Reader, number: int, token: str, **more: Any) -> None:
    await moves(firm, who, number, token, moving.prolonging(shapes.Prolongation(**WHY | more)), "prolong")


async def lowers(firm: Firm, who: db.Reader, number: int, token: str, to: int = 1) -> None:
    await moves(firm, who, number, token, moving.opening(shapes.Opening(to=to)), "lower")


async def has_a_term(root: asyncpg.Connection, words: int, days: int) -> None:
    """As if a term of so many days had been chosen."""
    await root.execute("update updates set opens_on = day + $2::integer where id = $1", words, days)


async def markers(firm: Firm, who: db.Reader, number: int) -> list[Marker]:
    async with db.acting_as(who, writing=False):
        found = await case(number, at=clock.now())
        return [disclosure.marker(row) for row in await db.fetch("select * from update_markers($1)", found.id)]


async def test_raised_words_are_a_marker_that_says_on_which_day(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "she earns 30,000", tier=1)
    firm.clock_says("2026-11-23 10:00")

    await raises(firm, firm.wu, number, note.token, 3)

    assert await firm.words(firm.zhao, number) == []
    assert await firm.words(firm.zhou, number) == ["she earns 30,000"]
    (marker,) = await markers(firm, firm.zhao, number)
    assert (marker.tier, str(marker.day), str(marker.raised_on)) == (3, "2026-11-20", "2026-11-23")
    assert str(marker.opens_on) == "2027-02-21"


async def test_raising_a_request_raises_everything_under_it(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    await firm.wu_replies(number, "It is 30,000.")
    await firm.wu_notes(number, "among us", tier=1)

    await raises(firm, firm.lin, number, "request", 3)

    assert not await firm.reads(firm.zhao, number)
    assert [await firm.words(who, number) for who in (firm.zhao, firm.meng)] == [[], []]
    assert await firm.words(firm.lin, number) == ["It is 30,000."]
    assert await firm.words(firm.zhou, number) == ["It is 30,000.", "among us"]


async def test_a_request_that_is_lowered_opens_alone(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question", tier=3, **WHY)
    await firm.wu_replies(number, "It is 30,000.")

    await lowers(firm, firm.wu, number, "request")

    assert await firm.reads(firm.zhao, number)
    assert await firm.words(firm.zhao, number) == []
    assert await firm.words(firm.lin, number) == ["It is 30,000."]


async def test_corrections_and_files_go_with_their_words(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "she earns 30,000", tier=1)
    async with db.acting_as(firm.wu):
        hangs_on = Portion(label=note.label, audience=note.audience, update=note.id)
        (file,) = await attach((await case(number, at=clock.now())).id, [File("a.txt", b"x")], hangs_on, at=clock.now())

    await raises(firm, firm.wu, number, note.token, 3)
    assert await firm.rows(firm.zhao, "select from attachments") == []
    await lowers(firm, firm.wu, number, note.token)
    assert len(await firm.rows(firm.zhao, "select from attachments")) == 1

    await raises(firm, firm.wu, number, file, 3)
    assert await firm.words(firm.zhao, number) == ["she earns 30,000"]
    assert await firm.rows(firm.zhao, "select from attachments") == []


async def test_files_of_a_request_open_on_their_day_too(firm: Firm, superuser: asyncpg.Connection) -> None:
    number = await firm.lin_asks_for("a question")
    async with db.acting_as(firm.lin):
        found = await case(number, at=clock.now())
        hangs_on = Portion(label=found.label, audience=found.audience)
        (file,) = await attach(found.id, [File("a.txt", b"x")], hangs_on, at=clock.now())
    await raises(firm, firm.wu, number, file, 3, days=3)
    assert await firm.rows(firm.zhao, "select from attachments") == []

    await jobs.open_words(local("2026-11-23 00:00"))

    assert len(await firm.rows(firm.zhao, "select from attachments")) == 1
    assert (await firm.entries(number, firm.zhao)).count("words_opened") == 1


async def test_what_was_prolonged_before_its_day_stays_shut_until_the_new_one(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question", tier=3, **WHY)
    await firm.wu_replies(number, "It is 30,000.")
    await prolongs(firm, firm.wu, number, "request", days=30)

    for day, read in (("2027-02-18", False), ("2027-03-19", False), ("2027-03-20", True)):
        await jobs.open_words(local(f"{day} 09:00"))
        assert (await firm.reads(firm.zhao, number), bool(await firm.words(firm.zhao, number))) == (read, read)


async def test_words_that_are_prolonged_with_their_request_say_so_and_why(
    firm: Firm, superuser: asyncpg.Connection
) -> None:
    number = await firm.lin_asks_for("a question", tier=3, **WHY)
    for days in (10, 300):
        note = await firm.wu_notes(number, "among us", tier=3, **WHY)
        await has_a_term(superuser, note.id, days)

    await prolongs(firm, firm.wu, number, "request", reason="legal", sentence="It goes to court.", days=30)

    told = "select prolonged, reason, sentence from updates order by id"
    moved, stayed = [tuple(row) for row in await firm.rows(firm.wu, told)]
    assert moved == (1, "legal", "It goes to court.")
    assert stayed == (0, "pay_and_appraisal", "It names a sum.")


async def test_shutting_a_request_for_longer_says_so_on_the_words_that_it_keeps(
    firm: Firm, superuser: asyncpg.Connection
) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "among us", tier=3, **WHY)
    await has_a_term(superuser, note.id, 10)

    await raises(firm, firm.lin, number, "request", 3, reason="legal", sentence="It goes to court.", days=60)

    (row,) = await firm.rows(firm.wu, "select prolonged, reason, sentence, opens_on::text from updates")
    assert tuple(row) == (1, "legal", "It goes to court.", "2027-01-19")


async def test_two_workers_and_one_that_stood_still_open_words_once(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    await firm.wu_notes(number, "the price we hope for", tier=2, reason="negotiation")

    for _ in range(2):
        await jobs.open_words(local("2027-06-01 09:00"))

    assert await firm.words(firm.zhao, number) == ["the price we hope for"]
    assert (await firm.entries(number, firm.zhao)).count("words_opened") == 1


async def test_a_term_is_prolonged_twice_and_no_more(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "a price", tier=2, reason="negotiation")
    for _ in range(2):
        await prolongs(firm, firm.wu, number, note.token, days=20)

    (marker,) = await markers(firm, firm.zhao, number)
    assert (marker.prolonged, str(marker.opens_on)) == (2, "2027-03-30")
    with pytest.raises(Refused, match="prolonged twice"):
        await prolongs(firm, firm.wu, number, note.token, days=5)


async def test_a_correction_of_raised_and_prolonged_words_is_no_second_marker(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "a price", tier=1)
    firm.clock_says("2026-11-23 10:00")
    await raises(firm, firm.wu, number, note.token, 2)
    await prolongs(firm, firm.wu, number, note.token, days=20)
    before = await markers(firm, firm.zhao, number)

    await firm.does(firm.wu, tickets.correct, number, note.token, "another price", "I was wrong.")

    assert await markers(firm, firm.zhao, number) == before
    assert [(str(marker.raised_on), marker.prolonged) for marker in before] == [("2026-11-23", 1)]


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (moving.raising(shapes.Raising(tier=3)), "disclosure.reason_needed"),
        (moving.raising(shapes.Raising(tier=3, reason="legal")), "disclosure.sentence_needed"),
        (moving.raising(shapes.Raising(tier=2, reason="legal", days=181)), "disclosure.term_too_long"),
        (moving.raising(shapes.Raising(tier=4, reason="legal", sentence="x")), "disclosure.not_a_raise"),
        (moving.raising(shapes.Raising(tier=2, reason="embarrassing")), "disclosure.no_such_reason"),
        (moving.prolonging(shapes.Prolongation(reason="legal")), "disclosure.nothing_to_prolong"),
        (moving.opening(shapes.Opening()), "disclosure.not_lower"),
        (moving.asking("seal", shapes.Seconded(reason="legal")), "disclosure.restrict_first"),
    ],
)
async def test_what_may_not_be_is_refused_and_in_the_journal(firm: Firm, act: moving.Act, why: str) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "she earns 30,000", tier=1)

    with pytest.raises(Refused):
        await moves(firm, firm.wu, number, note.token, act)

    told = await firm.rows(firm.zhao, "select data ->> 'why' as why, by from entries where tag = 'label_refused'")
    assert [(row["why"], row["by"]) for row in told] == [(why, firm.wu.person)]
    assert await firm.words(firm.zhao, number) == ["she earns 30,000"]


@pytest.mark.parametrize("who", ["zhao", "meng", "lin"])
async def test_who_neither_wrote_nor_serves_raises_nothing(firm: Firm, who: str) -> None:
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "among us", tier=1)

    with pytest.raises(Refused):
        await raises(firm, firm.people[who], number, note.token, 3)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.acting_as(firm.zhao):
            await db.call(
                "select raise_label($1, 3, 'legal', 'x', '2027-01-01', $2, '2026-11-20')",
                f"update:{note.id}", firm.finance,
            )  # fmt: skip


async def test_what_the_requester_restricted_is_opened_by_them_and_by_who_serves(firm: Firm) -> None:
    number = await firm.lin_asks_for("a question")
    word = await firm.lin_writes(number, "I earn 30,000", tier=3, **WHY)

    await lowers(firm, firm.lin, number, word.token, to=2)
    await lowers(firm, firm.zhou, number, word.token)

    assert await firm.words(firm.zhao, number) == ["I earn 30,000"]


async def test_a_service_binds_whoever_files(firm: Firm) -> None:
    number = await firm.files(firm.lin, "my pay", service="payroll")

    with pytest.raises(Refused, match="binds whoever files"):
        await lowers(firm, firm.lin, number, "request")
    await lowers(firm, firm.han, number, "request")

    assert await firm.reads(firm.zhao, number)


async def test_time_and_raising_never_show_more_at_once(firm: Firm) -> None:
    """Raised for a shorter time than it was shut already, it stays shut for the longer one."""
    number = await firm.lin_asks_for("a question")
    note = await firm.wu_notes(number, "a price", tier=2, reason="negotiation")

    await raises(firm, firm.wu, number, note.token, 3, days=1)
    await jobs.open_words(local("2026-11-25 09:00"))

    assert await firm.words(firm.zhao, number) == []
