"""Requests stand to each other as who reads both may know; links, children, splits and merges show nobody more."""

from typing import Any

import pytest

from desk import clock, db
from desk.i18n import Forbidden, Invalid, Refused
from desk.tickets import actions as tickets
from desk.tickets.actions.splitting import Draft
from desk.tickets.queries import cases, relations
from tests.firm import Firm


async def together(firm: Firm, who: Any, verb: Any, one: int, other: int, *words: Any) -> None:
    async with db.acting_as(who):
        at = clock.now()
        await verb(*await cases.both(one, other, at=at), *words, at=at)


async def seen(firm: Firm, who: Any, number: int) -> list[tuple[str, int]]:
    """What somebody sees linked to a request."""
    async with db.acting_as(who, writing=False):
        case = await cases.case(number, at=clock.now())
        return [(one.word, one.number) for one in await relations.linked(case.id)]


async def wu_links(firm: Firm, one: int, other: int, word: str = "blocks") -> None:
    await together(firm, firm.wu, tickets.link, one, other, word)


async def of_two_tiers(firm: Firm) -> tuple[int, int]:
    """One that all staff reads, one that the departments keep."""
    return await firm.lin_asks_for("a laptop"), await firm.lin_asks_for("a budget", service="budget")


async def test_a_link_is_seen_from_both_ends_by_who_reads_both(firm: Firm) -> None:
    one, other = await of_two_tiers(firm)
    await wu_links(firm, one, other)

    assert await seen(firm, firm.lin, one) == [("blocks", other)]
    assert await seen(firm, firm.lin, other) == [("turned_blocks", one)]


async def test_who_reads_one_end_only_learns_nothing_of_the_other(firm: Firm) -> None:
    one, other = await of_two_tiers(firm)
    await wu_links(firm, one, other)

    assert await seen(firm, firm.zhao, one) == []
    assert "request_linked" not in await firm.entries(one, firm.zhao)
    assert await firm.rows(firm.zhao, "select from relations") == []


async def test_a_recused_colleague_learns_nothing_of_the_other_end(firm: Firm, superuser: Any) -> None:
    one, other = await of_two_tiers(firm)
    await wu_links(firm, one, other)
    await superuser.execute(
        "insert into recusals (person, ticket, since, by, why)"
        " select $1, id, '2020-01-01', $1, 'x' from tickets where number = $2", firm.zhou.person, other,
    )  # fmt: skip

    assert await seen(firm, firm.zhou, one) == []
    assert "request_linked" not in await firm.entries(one, firm.zhou)


async def test_a_number_that_is_hidden_and_one_never_issued_are_refused_alike(firm: Firm) -> None:
    mine = await firm.lin_asks_for("a laptop")
    hidden = await firm.files(firm.han, "my pay", service="payroll")
    said = []
    for number in (hidden, 987654):
        with pytest.raises(Invalid) as refusal:
            await wu_links(firm, mine, number)
        said.append(refusal.value.faults["other"].say("en"))

    assert said[0] == said[1]


async def test_a_request_is_not_resolved_before_what_blocks_it(firm: Firm) -> None:
    first, then = await firm.lin_asks_for("a contract"), await firm.lin_asks_for("a payment")
    await wu_links(firm, first, then)
    with pytest.raises(Refused, match=f"#{first}"):
        await firm.wu_resolves(then)
    await firm.wu_resolves(first)

    await firm.wu_resolves(then)


async def test_what_blocks_makes_no_circle(firm: Firm) -> None:
    one, two, three = [await firm.lin_asks_for(title) for title in "abc"]
    await wu_links(firm, one, two)
    await wu_links(firm, two, three)

    for ends in ((three, one), (one, one)):
        with pytest.raises(Refused, match=r"circle|itself"):
            await wu_links(firm, *ends)


async def test_who_asked_may_relate_but_not_block_and_who_looks_on_neither(firm: Firm) -> None:
    one, two = await firm.lin_asks_for("a laptop"), await firm.lin_asks_for("a mouse")
    await together(firm, firm.lin, tickets.link, one, two, "relates")

    for who, word in ((firm.lin, "blocks"), (firm.zhao, "relates")):
        with pytest.raises(Forbidden):
            await together(firm, who, tickets.link, one, two, word)


async def test_a_link_ends_and_may_be_made_again(firm: Firm) -> None:
    one, two = await firm.lin_asks_for("a laptop"), await firm.lin_asks_for("a mouse")
    await wu_links(firm, one, two)
    with pytest.raises(Refused, match="already"):
        await wu_links(firm, one, two)
    await together(firm, firm.wu, tickets.unlink, two, one, "turned_blocks")
    assert await seen(firm, firm.wu, one) == []

    await wu_links(firm, one, two)


async def test_a_child_is_asked_of_another_department_in_the_handlers_name(firm: Firm) -> None:
    parent = await firm.lin_asks_for("an advance", service="budget")
    child = await firm.does(
        firm.wu, tickets.file_child, parent, Draft(title="Is it due?", service="payroll"), blocks=True
    )
    case = await firm.case(child, firm.wu)

    assert (case.requester, case.department) == (firm.wu.person, firm.hr)
    assert await seen(firm, firm.wu, parent) == [("turned_child", child), ("turned_blocks", child)]
    assert not await firm.reads(firm.lin, child)
    assert await seen(firm, firm.lin, parent) == []


async def test_a_child_is_as_shut_as_its_parent_unless_its_words_are_cleaned(firm: Firm) -> None:
    parent = await firm.lin_asks_for("a budget", service="budget")
    same = await firm.does(firm.wu, tickets.file_child, parent, Draft(title="Paper?", service="expenses"))
    draft = Draft(title="Paper?", service="expenses", cleaned="Only paper is named.")
    open_ = await firm.does(firm.wu, tickets.file_child, parent, draft)

    assert not await firm.reads(firm.zhao, same)
    assert await firm.reads(firm.zhao, open_)
    assert await seen(firm, firm.zhao, open_) == []


async def test_what_is_split_off_is_for_the_same_requester_with_promises_of_its_own(firm: Firm) -> None:
    number = await firm.lin_asks_for("a laptop")
    words = await firm.lin_writes(number, "And the train to Wuhan?")
    before = await firm.standing(number, "resolution")
    new = await firm.does(firm.wu, tickets.split, number, Draft(title="the train"), [words.token])

    [body] = await firm.rows(firm.lin, "select body from tickets where number = $1", new)
    assert "And the train to Wuhan?" in body["body"]
    assert (await firm.case(new, firm.lin)).requester == firm.lin.person
    assert (await firm.standing(new, "resolution"))[0] == "open"
    assert await firm.standing(number, "resolution") == before


async def test_a_split_is_as_shut_as_the_words_that_it_quotes(firm: Firm) -> None:
    number = await firm.lin_asks_for("a laptop")
    note = await firm.wu_notes(number, "Over the limit.", tier=2, reason="negotiation")
    new = await firm.does(firm.wu, tickets.split, number, Draft(title="the limit"), [note.token])

    assert (await firm.case(new, firm.wu)).label.tier == 2
    assert not await firm.reads(firm.zhao, new)


async def test_a_split_that_would_show_a_note_to_more_is_refused(firm: Firm) -> None:
    number = await firm.lin_asks_for("a laptop")
    shut = await firm.wu_notes(number, "He is ill.", tier=3, reason="personal_data", sentence="His own affair.")

    with pytest.raises(Refused, match="More people"):
        await firm.does(firm.wu, tickets.split, number, Draft(title="a later date"), [shut.token])
    draft = Draft(title="a later date", body="It comes later.", cleaned="It names nobody.")
    assert await firm.reads(firm.zhao, await firm.does(firm.wu, tickets.split, number, draft, [shut.token]))


async def test_when_it_is_too_late_to_reopen_a_new_request_goes_on_from_the_old(firm: Firm) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_declines(number)
    with pytest.raises(Refused, match="reopened"):
        await firm.does(firm.lin, tickets.follow, number, Draft(title="again"))
    firm.clock_says("2026-12-07 10:00")
    new = await firm.does(firm.lin, tickets.follow, number, Draft(title="again"))

    assert await seen(firm, firm.lin, number) == [("turned_follows", new)]
