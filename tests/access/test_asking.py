"""Whoever sees a marker asks for access: an ordinary request that is answered the same day."""

from datetime import date

import asyncpg
import pytest

from desk.access.actions import answering
from desk.disclosure.queries import marker
from desk.disclosure.rules import facts
from desk.i18n import Invalid, Refused
from desk.tickets import actions as tickets
from desk.tickets.routes.telling import sealed
from tests.access.acts import SALARY, a_marked_note, asks, gives_extract, grants_it, markers, offered
from tests.firm import Firm
from tests.notices.test_notices import _told, worker_runs


async def test_the_owner_department_promises_an_answer_the_same_day(firm: Firm) -> None:
    _, asked = await a_marked_note(firm)
    number = await asks(firm, firm.meng, asked)

    assert await firm.standing(number, "first_reply", firm.meng) == ("open", "2026-11-20 18:00")
    assert await firm.reads(firm.wu, number)
    assert await firm.reads(firm.qian, number)
    assert not await firm.reads(firm.zhao, number)


async def test_asking_twice_leads_to_the_first_one_while_it_is_open(firm: Firm) -> None:
    _, asked = await a_marked_note(firm)
    first = await asks(firm, firm.meng, asked)
    assert await asks(firm, firm.meng, asked) == first

    await firm.does(firm.meng, tickets.withdraw, first)
    assert await asks(firm, firm.meng, asked) != first


async def test_the_marker_says_the_same_to_everybody_and_in_every_world(firm: Firm) -> None:
    number, asked = await a_marked_note(firm)
    (other,) = await markers(firm, firm.admin, number)

    assert sealed(asked.marker, number) == sealed(other.marker, number)


async def test_what_is_not_shut_to_somebody_cannot_be_asked_for(firm: Firm) -> None:
    _, asked = await a_marked_note(firm)

    with pytest.raises(Refused, match="Nothing is shut"):
        await asks(firm, firm.zhou, asked)
    with pytest.raises(Refused, match="Nothing is shut"):
        await asks(firm, firm.meng, asked._replace(day=date(2026, 11, 19)))


async def test_nobody_wants_it_for_longer_than_it_could_be_granted(firm: Firm) -> None:
    _, asked = await a_marked_note(firm)

    with pytest.raises(Invalid, match="30 days"):
        await asks(firm, firm.meng, asked, until=date(2026, 12, 21))


async def test_a_grant_opens_the_words_and_ends_by_itself(firm: Firm) -> None:
    of, asked = await a_marked_note(firm)
    number = await asks(firm, firm.meng, asked)
    await grants_it(firm, firm.wu, number, until=date(2026, 11, 23))
    assert await firm.words(firm.meng, of) == [SALARY]
    assert (await firm.standing(number, "first_reply", firm.meng))[0] == "kept"

    firm.clock_says("2026-11-23 23:59")
    assert await firm.words(firm.meng, of) == [SALARY]
    firm.clock_says("2026-11-24 00:00")
    assert await firm.words(firm.meng, of) == []


async def test_a_grant_opens_what_has_these_facts_and_nothing_beside_it(firm: Firm) -> None:
    of, asked = await a_marked_note(firm)
    await firm.wu_notes(of, "We go up to 33.", tier=3, reason="negotiation", sentence="Our limit.")
    await firm.wu_notes(of, "The bonus is 3,000.", tier=3, reason="pay_and_appraisal", sentence="It names pay.")
    number = await asks(firm, firm.meng, asked)
    await grants_it(firm, firm.wu, number)

    assert await firm.words(firm.meng, of) == [SALARY, "The bonus is 3,000."]


async def test_an_extract_stands_under_the_request_for_everybody(firm: Firm) -> None:
    of, asked = await a_marked_note(firm)
    number = await asks(firm, firm.meng, asked)
    await gives_extract(firm, firm.wu, number, tier=1)

    assert await firm.words(firm.zhao, of) == ["The band is 25 to 35."]
    assert (await firm.case(number, firm.meng)).state == "resolved"


async def test_an_extract_for_the_department_stands_with_the_access_request(firm: Firm) -> None:
    of, asked = await a_marked_note(firm)
    number = await asks(firm, firm.meng, asked)
    await gives_extract(firm, firm.wu, number, tier=2)

    assert "The band is 25 to 35." in await firm.words(firm.meng, number)
    assert await firm.words(firm.meng, of) == []


async def test_not_yet_asks_again_and_unanswered_ones_climb(firm: Firm) -> None:
    of, asked = await a_marked_note(firm)
    number = await asks(firm, firm.meng, asked)
    await gives_extract(firm, firm.wu, number, tier=2)
    await firm.does(firm.meng, tickets.reopen, number, "I need the figure itself.")
    await firm.time_passes_until("2026-11-21 09:00")
    assert "escalated" in await firm.entries(number, firm.meng)

    await grants_it(firm, firm.wu, number)
    assert await firm.words(firm.meng, of) == [SALARY]


async def test_a_whole_request_is_asked_for_by_its_number_or_from_the_strip(firm: Firm) -> None:
    pay = await firm.files(firm.lin, "What do I earn next year?", service="payroll")
    marked = (await firm.rows(firm.meng, "select * from ticket_marker($1)", pay))[0]
    by_number = facts(marker(marked), pay)
    for asked in (by_number, by_number._replace(number=0)):
        number = await asks(firm, firm.meng, asked)
        assert await offered(firm, firm.han, number) == [f"request-{pay}"]
    await grants_it(firm, firm.han, number)

    assert await firm.reads(firm.meng, pay)


async def test_whom_the_access_request_is_shut_to_cannot_follow_it(firm: Firm) -> None:
    of, asked = await a_marked_note(firm)
    number = await asks(firm, firm.meng, asked)

    assert await firm.rows(firm.zhao, "select * from asked_access($1)", number) == []
    assert (await firm.rows(firm.wu, "select of_number from asked_access($1)", number))[0]["of_number"] == of


async def test_a_refusal_says_why_and_can_be_appealed(firm: Firm, superuser: asyncpg.Connection) -> None:
    _, asked = await a_marked_note(firm)
    number = await asks(firm, firm.meng, asked)
    with pytest.raises(Invalid, match="reason"):
        await firm.does(firm.wu, answering.refuse, number, "", "No.", "No.")
    await firm.does(firm.wu, answering.refuse, number, "personal_data", "It is one person's pay.", "Refused: pay.")
    await worker_runs(superuser)

    assert (await firm.standing(number, "first_reply", firm.meng))[0] == "kept"
    assert (await _told(firm.meng))[-1] == "access_refused"
    await firm.does(firm.meng, tickets.reopen, number, "I lead the budget.")
    assert (await firm.case(number, firm.meng)).state == "open"
