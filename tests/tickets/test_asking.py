"""A signature is asked of the next one who may give it; another department is asked for a hand; the requester's clock goes on."""

from typing import Any

import pytest

from desk import db
from desk.catalog import actions as catalog
from desk.directory import actions as directory
from desk.i18n import Forbidden, NotFound, Refused
from desk.sla.actions import olas
from desk.sla.rules.targets import Budget
from desk.tickets import actions as tickets
from desk.tickets.actions.updates import Shut, Written
from desk.tickets.queries import asks
from tests.firm import Firm, local

MORNING = "2026-11-23 10:00"


async def superiors(firm: Firm) -> None:
    """吴 and 周 under 钱, 钱 under 赵; 林 under 孟."""
    async with db.acting_as(firm.admin):
        await directory.set_superior(firm.wu.person, firm.qian.person)
        await directory.set_superior(firm.zhou.person, firm.qian.person)
        await directory.set_superior(firm.qian.person, firm.zhao.person)
        await directory.set_superior(firm.lin.person, firm.meng.person)


async def wu_asks_to_sign(firm: Firm, number: int, step: str = "own_superior", **shut: Any) -> Written:
    return await firm.does(firm.wu, tickets.ask_to_sign, number, step, "2,300 for the flight. May it be?", Shut(**shut))


async def wu_asks_legal(firm: Firm, number: int, **shut: Any) -> Written:
    return await firm.does(firm.wu, tickets.ask_department, number, firm.legal, "Is clause 7 binding?", Shut(**shut))


async def asked(firm: Firm, at: str = MORNING, **more: Any) -> tuple[int, Written]:
    """A request that 吴 has taken, and that 钱 is asked to sign."""
    await superiors(firm)
    firm.clock_says(at)
    number = await firm.lin_asks_for("a flight", **more)
    await firm.wu_takes(number)
    return number, await wu_asks_to_sign(firm, number)


async def test_a_signature_is_promised_within_half_a_day_and_lunch_does_not_count(firm: Firm) -> None:
    number, _ = await asked(firm, "2026-11-23 11:00")

    [promise] = await firm.promises(number, "sign_off")
    assert promise["person"] == firm.qian.person
    assert promise["promisee"] == firm.wu.person
    assert await firm.standing(number, "sign_off") == ("open", "2026-11-23 16:15")


async def test_who_is_asked_signs_and_nobody_else(firm: Firm) -> None:
    number, ask = await asked(firm)
    for stranger in (firm.zhou, firm.lin, firm.zhao):
        with pytest.raises(Forbidden):
            await firm.does(stranger, tickets.sign, number, ask.token, "")
    firm.clock_says("2026-11-23 10:14")
    await firm.does(firm.qian, tickets.sign, number, ask.token, "Agreed.")

    assert (await firm.standing(number, "sign_off"))[0] == "kept"
    async with db.acting_as(firm.qian, writing=False):
        assert await asks.signed_lately(firm.qian.person, local("2026-11-23 11:00")) == (1, 1)


async def test_nobody_signs_twice_and_a_refusal_says_why(firm: Firm) -> None:
    number, ask = await asked(firm)
    with pytest.raises(Refused):
        await firm.does(firm.qian, tickets.refuse, number, ask.token, " ")
    await firm.does(firm.qian, tickets.refuse, number, ask.token, "The train is cheaper.")

    assert (await firm.standing(number, "sign_off"))[0] == "kept"
    with pytest.raises(Refused):
        await firm.does(firm.qian, tickets.sign, number, ask.token, "")


async def test_a_question_back_stops_the_clock_until_it_is_answered(firm: Firm) -> None:
    number, ask = await asked(firm)
    firm.clock_says("2026-11-23 11:00")
    await firm.does(firm.qian, tickets.ask_back, number, ask.token, "Who flies?")
    assert (await firm.standing(number, "sign_off"))[0] == "paused"
    firm.clock_says("2026-11-23 14:00")
    await firm.does(firm.wu, tickets.answer, number, ask.token, "林 alone.")

    assert await firm.standing(number, "sign_off") == ("open", "2026-11-23 16:45")
    assert (await firm.standing(number, "resolution"))[0] == "open"


async def test_the_requester_and_the_worker_never_sign(firm: Firm) -> None:
    """林 is 吴's superior and asks; so 林's own superior, 孟, signs."""
    async with db.acting_as(firm.admin):
        await directory.set_superior(firm.wu.person, firm.lin.person)
        await directory.set_superior(firm.lin.person, firm.meng.person)
    number = await firm.lin_asks_for("a flight")
    await firm.wu_takes(number)
    await wu_asks_to_sign(firm, number)

    assert (await firm.promises(number, "sign_off"))[0]["person"] == firm.meng.person


async def test_where_the_line_ends_nobody_can_be_asked_and_nothing_is_written(firm: Firm) -> None:
    number = await firm.lin_asks_for("a flight")
    await firm.wu_takes(number)
    with pytest.raises(Refused):
        await wu_asks_to_sign(firm, number)

    assert await firm.words(firm.wu, number) == []


async def test_a_deputy_signs_in_the_place_of_who_is_away(firm: Firm) -> None:
    await superiors(firm)
    async with db.acting_as(firm.admin):
        since, until = local("2026-11-20 15:00"), local("2026-12-20 15:00")
        await directory.set_absence(firm.qian.person, firm.han.person, since=since, until=until)
    number, ask = await asked(firm)
    await firm.does(firm.han, tickets.sign, number, ask.token, "")

    assert (await firm.standing(number, "sign_off"))[0] == "kept"


async def test_whoever_goes_away_after_the_ask_leaves_it_to_the_deputy(firm: Firm) -> None:
    number, ask = await asked(firm)
    async with db.acting_as(firm.admin):
        since, until = local("2026-11-23 10:00"), local("2026-12-20 15:00")
        await directory.set_absence(firm.qian.person, firm.han.person, since=since, until=until)
    async with db.acting_as(firm.han, writing=False):
        assert [row["number"] for row in await asks.to_sign(firm.han.person, local(MORNING))] == [number]
    await firm.does(firm.han, tickets.sign, number, ask.token, "")

    assert (await firm.standing(number, "sign_off"))[0] == "kept"


async def test_whoever_asked_does_not_sign_it_as_a_deputy(firm: Firm) -> None:
    await superiors(firm)
    number = await firm.lin_asks_for("a flight")
    await firm.wu_takes(number)
    ask = await firm.does(firm.zhou, tickets.ask_to_sign, number, "own_superior", "May it be?", Shut())
    async with db.acting_as(firm.admin):
        since, until = local("2026-11-20 15:00"), local("2026-12-20 15:00")
        await directory.set_absence(firm.qian.person, firm.zhou.person, since=since, until=until)
    with pytest.raises(Forbidden):
        await firm.does(firm.zhou, tickets.sign, number, ask.token, "")


async def test_a_chain_goes_on_by_itself_and_only_then_may_it_be_resolved(firm: Firm) -> None:
    await superiors(firm)
    async with db.acting_as(firm.admin):
        draft = catalog.Draft(department="finance", name_zh="出差", name_en="Travel", approvers=("superior", "head"))
        await catalog.add_service("travel", draft)
    number = await firm.lin_asks_for("a flight", service="travel")
    await firm.wu_takes(number)
    with pytest.raises(Refused):
        await firm.wu_resolves(number)
    ask = await wu_asks_to_sign(firm, number, "chain")
    await firm.does(firm.meng, tickets.sign, number, ask.token, "")
    with pytest.raises(Refused):
        await firm.wu_resolves(number)
    await firm.does(firm.qian, tickets.sign, number, ask.token, "")
    await firm.wu_resolves(number)

    assert [row["state"] for row in await firm.promises(number, "sign_off")] == ["kept", "kept"]


async def test_a_department_is_asked_and_the_requesters_clock_goes_on(firm: Firm) -> None:
    firm.clock_says(MORNING)
    number = await firm.lin_asks_for("a contract")
    await firm.wu_takes(number)
    before = await firm.standing(number, "resolution")
    ask = await wu_asks_legal(firm, number)
    assert await firm.standing(number, "ola") == ("open", "2026-11-23 18:00")
    with pytest.raises(Forbidden):
        await firm.does(firm.wu, tickets.answer, number, ask.token, "Yes.")
    async with db.acting_as(firm.admin):
        await directory.set_level(firm.zhao.person, firm.legal, 3)
    await firm.does(firm.zhao, tickets.answer, number, ask.token, "It is not.")

    assert (await firm.standing(number, "ola"))[0] == "kept"
    assert await firm.standing(number, "resolution") == before


async def test_what_two_departments_agreed_on_counts_between_them(firm: Firm) -> None:
    async with db.acting_as(firm.admin):
        await olas.agree(firm.finance, firm.legal, Budget(7200), at=local(MORNING))
    firm.clock_says(MORNING)
    number = await firm.lin_asks_for("a contract")
    await firm.wu_takes(number)
    await wu_asks_legal(firm, number)

    assert await firm.standing(number, "ola") == ("open", "2026-11-23 12:00")


async def test_whoever_is_asked_reads_a_shut_request_and_nobody_beside_them(firm: Firm) -> None:
    number, ask = await asked(firm, service="budget")

    assert await firm.reads(firm.qian, number)
    assert not await firm.reads(firm.zhao, number)
    assert not await firm.reads(firm.han, number)
    await firm.does(firm.wu, tickets.ask_department, number, firm.hr, "How many?", Shut())
    assert await firm.reads(firm.han, number)
    assert await firm.words(firm.han, number) == ["How many?"]
    with pytest.raises(NotFound):
        await firm.does(firm.zhao, tickets.sign, number, ask.token, "")


async def test_a_handover_is_owed_until_somebody_takes_it(firm: Firm) -> None:
    firm.clock_says(MORNING)
    number = await firm.lin_asks_for("a contract")
    await firm.wu_takes(number)
    await firm.wu_hands_over(number, firm.hr)
    assert await firm.standing(number, "handover") == ("open", "2026-11-23 12:00")
    await firm.does(firm.han, tickets.take, number)

    assert (await firm.standing(number, "handover"))[0] == "kept"


async def test_asks_end_with_the_request_and_stay_with_who_is_asked_when_it_moves_on(firm: Firm) -> None:
    number, _ = await asked(firm)
    await firm.wu_hands_over(number, firm.hr)
    assert (await firm.promises(number, "sign_off"))[0]["person"] == firm.qian.person
    await firm.lin_withdraws(number)

    assert (await firm.standing(number, "sign_off"))[0] == "withdrawn"
    assert (await firm.standing(number, "handover"))[0] == "withdrawn"


async def test_whoever_asked_may_need_it_no_more(firm: Firm) -> None:
    number, ask = await asked(firm)
    await firm.does(firm.wu, tickets.recall, number, ask.token)

    assert (await firm.standing(number, "sign_off"))[0] == "withdrawn"
