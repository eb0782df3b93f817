"""What follows from filing: a route, two promises with a reason, a holder."""

import asyncio

import pytest

from desk import db
from desk.catalog import actions as catalog
from desk.catalog.actions import Draft, RuleDraft
from desk.catalog.rules.service import NoService
from desk.db import Reader
from desk.directory import actions as directory
from desk.i18n import Forbidden, Invalid
from tests.firm import Firm, local

_TICKET = """
select t.*, d.code as serving, p.login as handled_by from tickets t join departments d on d.id = t.department
  left join people p on p.id = t.handler where t.number = $1
"""


async def ticket(firm: Firm, number: int):
    return (await firm.rows(firm.lin, _TICKET, number))[0]


async def rule(firm: Firm, **draft):
    async with db.acting_as(firm.admin):
        await catalog.add_rule(RuleDraft(**draft))


async def test_a_request_promises_an_answer_on_the_same_day(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")

    assert await firm.standing(number, "first_reply") == ("open", "2026-11-20 18:00")
    assert await firm.standing(number, "resolution") == ("open", "2026-11-24 18:00")


async def test_a_promise_says_why_it_is_due_then(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")

    said = await firm.why(number, "first_reply")
    assert said.startswith("by today 18:00, because it was received 15:00")
    assert "before the cut-off 16:00" in said
    assert "Finance answers the same day" in said


async def test_whoever_asks_after_the_cut_off_is_answered_on_the_next_business_day(firm: Firm):
    firm.clock_says("2026-11-20 16:00")
    number = await firm.lin_asks_for("a taxi receipt")

    assert await firm.standing(number, "first_reply") == ("open", "2026-11-23 18:00")


async def test_what_matches_no_rule_goes_to_the_accountable_department_and_waits_there_for_a_handler(firm: Firm):
    found = await ticket(firm, await firm.lin_asks_for("a taxi receipt"))

    assert (found["serving"], found["handler"], found["state"]) == ("finance", None, "open")


async def test_a_rule_sends_words_to_another_department_and_a_named_handler(firm: Firm):
    await rule(firm, department="hr", contains="holiday", handler="han")

    found = await ticket(firm, await firm.lin_asks_for("my holiday allowance"))
    assert (found["serving"], found["handled_by"]) == ("hr", "han")
    assert found["accountable"] == firm.finance


async def test_the_least_busy_handler_gets_the_next_request(firm: Firm):
    await rule(firm, department="finance", service="expenses", least=True)

    handlers = [(await ticket(firm, await firm.lin_asks_for(f"receipt {n}")))["handled_by"] for n in range(4)]
    assert sorted(handlers) == ["wu", "wu", "zhou", "zhou"]
    assert handlers[0] != handlers[1]


async def test_words_without_a_service_are_caught(firm: Firm):
    number = await firm.lin_asks_for("something that fits nowhere", service=None)

    assert (await ticket(firm, number))["serving"] == "finance"


async def test_a_service_binds_whoever_files_to_its_tier(firm: Firm):
    number = await firm.lin_asks_for("my pay slip", service="payroll", tier=1)

    found = await ticket(firm, number)
    assert (found["tier"], found["reason"]) == (3, "pay_and_appraisal")
    assert await firm.reads(firm.han, number)
    assert not any([await firm.reads(who, number) for who in (firm.wu, firm.qian, firm.zhao, firm.meng, firm.admin)])


async def test_whoever_files_may_shut_more_and_says_why(firm: Firm):
    with pytest.raises(Invalid, match="reason"):
        await firm.lin_asks_for("a delicate receipt", tier=2)

    number = await firm.lin_asks_for("a delicate receipt", tier=2, reason="negotiation")
    assert await firm.reads(firm.wu, number)
    assert not await firm.reads(firm.zhao, number)


async def test_all_faults_of_a_form_are_said_at_once(firm: Firm):
    with pytest.raises(Invalid) as refused:
        await firm.lin_asks_for("  ", body="x" * 20_001, fields={"colour": "red"})

    assert set(refused.value.faults) == {"title", "body", "fields.colour"}
    assert await firm.rows(firm.lin, "select from tickets") == []


async def test_a_title_can_say_it_all(firm: Firm):
    number = await firm.lin_asks_for("Who pays for taxis?", body=" ")

    assert (await ticket(firm, number))["body"] == ""


async def test_a_double_click_files_once(firm: Firm):
    first = await firm.lin_asks_for("a laptop", key="click")

    assert await firm.lin_asks_for("a laptop", key="click") == first
    assert await firm.lin_asks_for("a laptop", key="another") != first


async def test_two_tries_at_the_same_moment_file_once(firm: Firm):
    numbers = await asyncio.gather(*(firm.lin_asks_for("a laptop", key="click") for _ in range(5)))

    assert len(set(numbers)) == 1
    assert len(await firm.rows(firm.lin, "select from tickets")) == 1


async def test_keys_of_different_people_have_nothing_to_do_with_each_other(firm: Firm):
    assert await firm.lin_asks_for("a laptop", key="1") != await firm.files(firm.meng, "a laptop", key="1")


async def test_a_try_that_failed_leaves_its_key_free(firm: Firm):
    with pytest.raises(Invalid):
        await firm.lin_asks_for("", key="click")

    assert await firm.lin_asks_for("a laptop", key="click")


async def test_a_handler_writes_down_what_somebody_said_on_the_phone(firm: Firm):
    number = await firm.files(firm.wu, "a lost receipt", requester=firm.lin.person, channel="phone")

    found = await ticket(firm, number)
    assert (found["requester"], found["logged_by"], found["channel"]) == (firm.lin.person, firm.wu.person, "phone")
    assert found["requesting_department"] == firm.operations


async def test_only_handlers_write_down_what_others_said(firm: Firm):
    with pytest.raises(Forbidden, match="Only handlers can log"):
        await firm.files(firm.zhao, "a lost receipt", requester=firm.lin.person, channel="visit")


async def test_nobody_calls_who_has_left(firm: Firm):
    firm.clock_says("2026-11-20 15:10")
    async with db.acting_as(db.NOBODY):
        await directory.leave(firm.meng.person, local("2026-11-20 15:05"))

    with pytest.raises(Invalid, match="no such person"):
        await firm.files(firm.wu, "a lost receipt", requester=firm.meng.person, channel="phone")


@pytest.mark.parametrize("service", ["expenses", "budget", "payroll"])
async def test_a_guest_cannot_file_what_a_guest_could_not_read(firm: Firm, service: str):
    with pytest.raises(NoService):
        await firm.files(firm.guest, "a badge", service=service)


@pytest.mark.parametrize(("cap", "service"), [(0, "expenses"), (1, "budget"), (1, "payroll")])
async def test_a_program_files_only_what_its_token_reaches(firm: Firm, cap: int, service: str):
    with pytest.raises(Forbidden, match="a token with a higher tier"):
        await firm.files(Reader(firm.lin.person, cap), "by a program", service=service)

    assert await firm.files(Reader(firm.lin.person, 2), "by a program", service=service)


async def test_filing_is_one_entry_of_the_journal(firm: Firm):
    assert await firm.entries(await firm.lin_asks_for("a laptop")) == ["request_filed"]


async def test_where_nobody_can_answer_the_department_that_takes_what_fits_nowhere_does(firm: Firm):
    firm.clock_says("2026-11-20 15:30")
    async with db.acting_as(db.NOBODY):
        for login in ("wu", "zhou"):
            await directory.set_level(firm.people[login].person, firm.finance, 2)
        await directory.set_head(firm.finance, None)
        await catalog.add_service("else", Draft(department="hr", name_zh="其他", name_en="Other", catch_all=True))

    assert (await ticket(firm, await firm.lin_asks_for("a taxi receipt")))["serving"] == "hr"
