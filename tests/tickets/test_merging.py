"""One request goes into another: words stay, what is owed goes along with its due, and nobody reads more."""

import pytest

from desk import clock, db
from desk.i18n import Forbidden, Refused
from desk.notices import queries as notices
from desk.tickets import actions as tickets
from tests.firm import Firm
from tests.tickets.test_linking import seen, together


async def two(firm: Firm, service: str = "expenses", into: str = "expenses") -> tuple[int, int]:
    """Of 林: the later one goes into the earlier one."""
    stays = await firm.lin_asks_for("the flight", service=into)
    firm.clock_says("2026-11-23 10:00")
    return await firm.lin_asks_for("the flight again", service=service), stays


async def wu_merges(firm: Firm, goes: int, stays: int) -> None:
    await together(firm, firm.wu, tickets.merge, goes, stays)


async def test_what_nobody_has_answered_is_owed_there_with_its_own_due(firm: Firm) -> None:
    goes, stays = await two(firm)
    await firm.wu_replies(stays)
    due = (await firm.standing(goes, "first_reply"))[1]
    await wu_merges(firm, goes, stays)

    assert await firm.standing(stays, "first_reply") == ("open", due)
    assert await firm.promises(goes, "first_reply") == []
    await firm.wu_replies(stays)
    assert (await firm.standing(stays, "first_reply"))[0] == "kept"


async def test_the_other_resolution_is_withdrawn_and_a_broken_one_stays_broken(firm: Firm) -> None:
    goes, stays = await two(firm)
    late, _ = await two(firm)
    await wu_merges(firm, goes, stays)
    await firm.time_passes_until("2026-12-07 10:00")
    await wu_merges(firm, late, stays)

    assert (await firm.standing(goes, "resolution"))[0] == "withdrawn"
    assert (await firm.standing(late, "resolution"))[0] == "broken"


async def test_it_ends_as_merged_and_says_where_to_who_reads_both(firm: Firm) -> None:
    goes, stays = await two(firm)
    await wu_merges(firm, goes, stays)

    assert (await firm.case(goes, firm.lin)).state == "merged"
    assert await seen(firm, firm.lin, goes) == [("merged", stays)]
    assert "request_merged" in await firm.entries(goes)
    with pytest.raises(Refused):
        await firm.wu_replies(goes)


async def test_its_words_stay_under_it_as_shut_as_they_were(firm: Firm) -> None:
    goes, stays = await two(firm)
    await firm.wu_notes(goes, "Twice.", tier=2, reason="negotiation")
    await wu_merges(firm, goes, stays)

    assert await firm.words(firm.lin, goes) == ["Twice."]
    assert await firm.words(firm.zhao, goes) == []
    assert await firm.words(firm.lin, stays) == []


async def test_nobody_comes_to_read_what_was_promised_elsewhere(firm: Firm) -> None:
    goes, stays = await two(firm, service="budget", into="expenses")

    with pytest.raises(Refused, match="may not read"):
        await wu_merges(firm, goes, stays)
    assert (await firm.case(goes, firm.lin)).state == "open"


async def test_a_word_given_in_a_shut_reply_is_not_carried_to_where_more_read_it(firm: Firm) -> None:
    goes, stays = await two(firm)
    await firm.replies(firm.wu, goes, by="2026-11-24 10:00", tier=2, reason="negotiation")

    with pytest.raises(Refused, match="may not read"):
        await wu_merges(firm, goes, stays)


async def test_into_what_is_shut_further_it_goes_and_its_promises_are_shut_with_it(firm: Firm) -> None:
    goes, stays = await two(firm, service="expenses", into="budget")
    await wu_merges(firm, goes, stays)

    assert len(await firm.promises(stays, "first_reply")) == 2
    assert await firm.promises(stays, "first_reply", firm.zhao) == []
    assert await firm.rows(firm.zhao, "select from promise_events e join promises p on p.id = e.promise"
                           " where p.kind = 'first_reply' and e.kind = 'merged'") == []  # fmt: skip
    assert await seen(firm, firm.zhao, goes) == []


async def test_whoever_asked_must_read_what_it_goes_into(firm: Firm) -> None:
    stays = await firm.files(firm.meng, "a budget", service="budget")
    goes = await firm.files(firm.zhao, "a flight")

    with pytest.raises(Refused, match="link the two"):
        await wu_merges(firm, goes, stays)


async def test_who_asked_for_what_was_merged_is_told_how_it_goes_on(firm: Firm) -> None:
    stays, goes = await firm.lin_asks_for("the lift is stuck"), await firm.files(firm.zhao, "the lift again")
    await wu_merges(firm, goes, stays)
    case = await firm.case(stays, firm.lin)
    async with db.acting_as(db.NOBODY, writing=False):
        concerned = await notices.concerned(case.id, at=clock.now())

    assert (firm.zhao.person, "watcher") in concerned


async def test_only_who_handles_both_merges_and_nobody_twice(firm: Firm) -> None:
    goes, stays = await two(firm)
    other = await firm.files(firm.lin, "a form", service="payroll")
    for who in (firm.lin, firm.zhao):
        with pytest.raises(Forbidden):
            await together(firm, who, tickets.merge, goes, stays)
    await wu_merges(firm, goes, stays)

    for ends in ((goes, stays), (stays, goes), (stays, stays), (stays, other)):
        with pytest.raises(Refused):
            await wu_merges(firm, *ends)
