"""Priority, critical roles and target rules on real requests: what filing gives is what was said it would."""

import asyncio
from datetime import datetime

import pytest

from desk import db
from desk.directory import actions as directory
from desk.i18n import Forbidden, Invalid, Refused
from desk.sla.actions import policies
from desk.sla.commands import explained
from desk.sla.jobs import follow_calendar
from desk.sla.rules.policies import Line, Priority
from desk.sla.rules.targets import Budget, SameDay
from desk.tickets import actions as tickets
from tests.firm import Firm, told

CRITICAL = Line(zh="关键", en="Critical", priority=Priority.CRITICAL, resolution=Budget(3 * 3600))
ROLES = Line(zh="关键岗位", en="Critical roles", critical=True, reply=Budget(3600), resolution=SameDay())
_EVENTS = """
select e.kind, e.data ->> 'from' as old, e.data ->> 'to' as due from promise_events e
  join promises p on p.id = e.promise where p.kind = $1 and e.kind = 'retargeted' order by e.id
"""


async def rule(firm: Firm, line: Line) -> int:
    async with db.acting_as(firm.admin):
        return await policies.add(line)


async def lin_is_critical(firm: Firm) -> None:
    async with db.acting_as(firm.admin):
        await directory.set_critical(firm.lin.person, True)


async def sets(firm: Firm, number: int, priority: str = "critical", reason: str = "The bank closes tonight.") -> None:
    await firm.does(firm.wu, tickets.set_priority, number, priority, reason)


async def dues(firm: Firm, number: int) -> tuple[str | None, str | None]:
    first, last = [(await firm.standing(number, kind))[1] for kind in ("first_reply", "resolution")]
    return first, last


async def test_without_a_rule_the_service_decides(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    assert await dues(firm, number) == ("2026-11-20 18:00", "2026-11-24 18:00")
    assert {row["policy"] for row in await firm.rows(firm.lin, "select policy from promises")} == {None}


async def test_a_rule_gives_its_targets_from_then_on_and_says_so(firm: Firm):
    before = await firm.lin_asks_for("a taxi receipt")
    line = await rule(firm, Line(zh="报销快些", en="Quick expenses", department=firm.operations, resolution=SameDay()))
    number = await firm.lin_asks_for("a bus ticket")

    assert await dues(firm, before) == ("2026-11-20 18:00", "2026-11-24 18:00")
    assert await dues(firm, number) == ("2026-11-20 18:00", "2026-11-20 18:00")
    assert [(row["kind"], row["policy"]) for row in await firm.promises(number, "resolution")] == [("resolution", line)]
    assert (await firm.promises(number, "first_reply"))[0]["policy"] is None
    assert "target rule 1, “Quick expenses”, applies" in await firm.why(number, "resolution")
    assert "target rule" not in await firm.why(number, "first_reply")


async def test_whoever_holds_a_critical_role_gets_the_rule_for_it_also_for_later_replies(firm: Firm):
    await rule(firm, ROLES)
    await lin_is_critical(firm)
    number = await firm.lin_asks_for("a taxi receipt")
    assert await dues(firm, number) == ("2026-11-20 16:00", "2026-11-20 18:00")

    await firm.wu_replies(number)
    await firm.lin_writes(number)
    assert await firm.standing(number, "next_reply") == ("open", "2026-11-20 16:00")
    assert (await firm.case(number, firm.wu)).critical


async def test_a_handler_sets_the_priority_and_both_dues_stay_in_the_log(firm: Firm):
    await rule(firm, CRITICAL)
    number = await firm.lin_asks_for("a taxi receipt")
    await sets(firm, number)

    assert await dues(firm, number) == ("2026-11-20 18:00", "2026-11-20 18:00")
    [event] = await firm.rows(firm.lin, _EVENTS, "resolution")
    assert [told(datetime.fromisoformat(event[name])) for name in ("old", "due")] == [
        "2026-11-24 18:00",
        "2026-11-20 18:00",
    ]
    assert (await firm.words(firm.lin, number))[-1] == "The bank closes tonight."
    assert (await firm.entries(number))[-1] == "priority_set"
    assert await firm.why(number, "resolution") == (
        "by today 18:00, because it was received 15:00, before the cut-off 16:00, and Finance settles it within 2 more "
        "business days, and from 15:00 target rule 1, “Critical”, applies"
    )


async def test_half_an_hour_is_left_and_back_to_routine_the_time_comes_back(firm: Firm):
    await rule(firm, CRITICAL)
    number = await firm.lin_asks_for("a taxi receipt")
    firm.clock_says("2026-11-23 17:45")
    await firm.wu_replies(number)
    await sets(firm, number)
    assert await firm.standing(number, "resolution") == ("open", "2026-11-24 09:15")

    await sets(firm, number, "routine", "The bank waits.")
    assert await firm.standing(number, "resolution") == ("open", "2026-11-24 18:00")
    assert not (await firm.case(number, firm.wu)).critical


async def test_what_is_broken_stays_broken_and_what_is_settled_stays_as_it_was(firm: Firm):
    await rule(
        firm, Line(zh="关键", en="Critical", priority=Priority.CRITICAL, reply=Budget(600), resolution=Budget(600))
    )
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.time_passes_until("2026-11-23 09:00")
    await sets(firm, number)

    assert await firm.standing(number, "first_reply") == ("broken", "2026-11-20 18:00")
    assert await firm.standing(number, "resolution") == ("open", "2026-11-23 09:30")
    assert await firm.rows(firm.lin, _EVENTS, "first_reply") == []


async def test_a_paused_clock_gets_its_new_target_and_stays_paused(firm: Firm):
    await rule(firm, CRITICAL)
    number = await firm.lin_asks_for("a taxi receipt")
    firm.clock_says("2026-11-20 16:00")
    await firm.wu_asks(number)
    await sets(firm, number)
    assert (await firm.standing(number, "resolution"))[0] == "paused"

    firm.clock_says("2026-11-23 09:00")
    await firm.lin_writes(number)
    assert await firm.standing(number, "resolution") == ("open", "2026-11-23 11:00")


async def test_more_time_after_three_quarters_is_at_risk_again_when_three_quarters_of_that_are_used(firm: Firm):
    await rule(firm, CRITICAL)
    number = await firm.lin_asks_for("a taxi receipt")
    await sets(firm, number)
    await firm.time_passes_until("2026-11-20 17:20")
    assert (await firm.promises(number, "resolution"))[0]["at_risk"]
    await sets(firm, number, "routine", "The bank waits.")
    assert not (await firm.promises(number, "resolution"))[0]["at_risk"]

    await firm.time_passes_until("2026-11-24 09:00")
    assert not (await firm.promises(number, "resolution"))[0]["at_risk"]
    await firm.time_passes_until("2026-11-24 14:00")
    assert (await firm.promises(number, "resolution"))[0]["at_risk"]
    await firm.time_passes_until("2026-11-24 18:01")
    assert (await firm.standing(number, "resolution"))[0] == "broken"


async def test_a_calendar_that_changes_afterwards_counts_from_the_new_target(firm: Firm):
    await rule(firm, Line(zh="关键", en="Critical", priority=Priority.CRITICAL, resolution=SameDay(extra_days=1)))
    number = await firm.lin_asks_for("a taxi receipt")
    await sets(firm, number)
    await firm.closes_on(firm.finance, "2026-11-23")
    await follow_calendar(firm.finance)
    assert await firm.standing(number, "resolution") == ("open", "2026-11-24 18:00")


@pytest.mark.parametrize("who", ["lin", "zhao", "han"])
async def test_only_who_handles_the_request_sets_its_priority(firm: Firm, who: str):
    number = await firm.lin_asks_for("a taxi receipt")
    with pytest.raises(Forbidden, match="handler"):
        await firm.does(firm.people[who], tickets.set_priority, number, "critical", "Now.")


async def test_nobody_hurries_what_they_asked_for_themselves(firm: Firm):
    number = await firm.files(firm.zhou, "my own receipt")
    with pytest.raises(Forbidden, match="yourself"):
        await firm.does(firm.zhou, tickets.set_priority, number, "critical", "Now.")


@pytest.mark.parametrize(
    ("priority", "reason", "fault"),
    [("critical", " ", Invalid), ("urgent", "Now.", Invalid), ("routine", "Now.", Refused)],
)
async def test_a_priority_is_another_one_and_has_a_reason(firm: Firm, priority: str, reason: str, fault: type[Refused]):
    number = await firm.lin_asks_for("a taxi receipt")
    with pytest.raises(fault):
        await sets(firm, number, priority, reason)
    assert await firm.words(firm.lin, number) == []


async def test_one_critical_request_is_always_allowed_and_the_second_of_thirteen_is_refused(firm: Firm):
    numbers = [await firm.lin_asks_for(f"BX-{n}") for n in range(13)]
    await sets(firm, numbers[0])
    with pytest.raises(Refused, match="13 open requests 1 carry"):
        await sets(firm, numbers[1])

    await firm.lin_asks_for("BX-14")
    await sets(firm, numbers[1])
    assert (await firm.case(numbers[1], firm.wu)).critical


async def test_what_is_done_or_set_back_makes_room(firm: Firm):
    first, second = await firm.lin_asks_for("BX-1"), await firm.lin_asks_for("BX-2")
    await sets(firm, first)
    with pytest.raises(Refused):
        await sets(firm, second)
    await firm.wu_resolves(first)
    await sets(firm, second)


async def test_hidden_requests_count_and_nothing_but_two_numbers_is_told(firm: Firm):
    await firm.files(firm.lin, "our offer", service="budget")
    await firm.lin_asks_for("BX-1")
    rows = await firm.rows(firm.zhao, "select * from critical_load($1, null)", firm.finance)
    assert [dict(row) for row in rows] == [{"carrying": 0, "at_work": 2}]


async def test_beyond_the_share_a_critical_role_is_passed_over_and_told_why(firm: Firm):
    await rule(firm, ROLES)
    await lin_is_critical(firm)
    await firm.lin_asks_for("BX-1")
    number = await firm.lin_asks_for("BX-2")

    assert await dues(firm, number) == ("2026-11-20 18:00", "2026-11-24 18:00")
    assert not (await firm.case(number, firm.wu)).critical
    assert "passed over" in await steps(firm, number)
    await firm.wu_replies(number)
    await firm.lin_writes(number)
    assert await firm.standing(number, "next_reply") == ("open", "2026-11-20 18:00")


async def test_of_two_who_take_the_last_place_at_once_one_gets_it(firm: Firm):
    numbers = [await firm.lin_asks_for(f"BX-{n}") for n in range(4)]
    done = await asyncio.gather(*(sets(firm, number) for number in numbers), return_exceptions=True)

    assert sum(one is None for one in done) == 1
    assert sum(isinstance(one, Refused) for one in done) == 3


async def test_a_handover_takes_targets_and_mark_along(firm: Firm):
    await rule(firm, CRITICAL)
    number = await firm.lin_asks_for("a taxi receipt")
    await sets(firm, number)
    await firm.wu_hands_over(number, firm.hr)
    assert await firm.standing(number, "resolution") == ("open", "2026-11-20 18:00")
    assert (await firm.case(number, firm.han)).priority == "critical"


async def steps(firm: Firm, number: int) -> str:
    [promise] = await firm.promises(number, "resolution")
    return "\n".join(await explained(promise["token"], "en", None))
