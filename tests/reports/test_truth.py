"""What a promise counts as, for whom and when: the histories in which that is easily told wrongly."""

import re

from desk import clock, db
from desk.directory import actions as directory
from desk.reports.queries import figures, rows
from desk.reports.queries.figures import Window
from desk.reports.queries.rows import Row, Wanted
from desk.reports.rules.periods import Period
from desk.reports.rules.pieces import pieces
from desk.sla.actions import policies
from desk.sla.rules.policies import Line
from desk.sla.rules.targets import Budget
from desk.tickets import actions as tickets
from tests.firm import Firm, local
from tests.site import Site

MONDAY, NEXT = "2026-11-16", "2026-11-23"


def _week(monday: str) -> Period:
    first = local(f"{monday} 00:00").date()
    return Period(first, first.fromordinal(first.toordinal() + 6))


async def _counted(firm: Firm, of: int, monday: str, kind: str = "first_reply") -> tuple[int, int]:
    """(decided, failed)"""
    async with db.acting_as(firm.han if of == firm.hr else firm.qian, writing=False):
        week = pieces(of, _week(monday), None, lambda day: local(f"{day} 00:00"))
        lot = [one for one in await figures.cells(week, clock.now()) if one.kind == kind]
    return sum(one.n for one in lot), sum(one.failed for one in lot)


async def _rows(firm: Firm, of: int, monday: str, kind: str = "first_reply") -> list[Row]:
    week = _week(monday)
    async with db.acting_as(firm.han if of == firm.hr else firm.qian, writing=False):
        window = Window(of, local(f"{week.first} 00:00"), local(f"{week.end} 00:00"), clock.now())
        return await rows.rows(window, Wanted(kind, failures=False))


async def _leads(firm: Firm) -> None:
    async with db.acting_as(db.NOBODY):
        await directory.set_head(firm.hr, firm.han.person)


async def test_who_failed_keeps_the_failure_when_the_request_goes_on(firm: Firm) -> None:
    """Swept or not: finance let the day pass, human resources answered on Monday."""
    await _leads(firm)
    swept = await firm.lin_asks_for("a laptop")
    await firm.time_passes_until("2026-11-23 10:00")
    await firm.wu_hands_over(swept, firm.hr)
    firm.clock_says("2026-11-20 15:30")
    unswept = await firm.lin_asks_for("a chair")
    firm.clock_says("2026-11-23 10:00")
    await firm.wu_hands_over(unswept, firm.hr)
    for number in (swept, unswept):
        await firm.replies(firm.han, number)
    await firm.time_passes_until("2026-11-23 11:00")

    assert await _counted(firm, firm.finance, MONDAY) == (2, 2)
    assert await _counted(firm, firm.hr, MONDAY) == (0, 0)
    assert {(row.holder_en, row.handler) for row in await _rows(firm, firm.finance, MONDAY)} == {("Finance", None)}


async def test_what_goes_on_in_time_is_owed_by_whoever_receives_it(firm: Firm) -> None:
    await _leads(firm)
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_hands_over(number, firm.hr)
    await firm.time_passes_until("2026-11-23 11:00")

    assert await _counted(firm, firm.finance, MONDAY) == (0, 0)
    assert await _counted(firm, firm.hr, MONDAY) == (1, 1)


async def test_a_reopening_counts_in_the_week_in_which_it_happens(firm: Firm, site: Site) -> None:
    """Kept last week; sent back on Tuesday, and owed again for later."""
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_resolves(number)
    await firm.time_passes_until("2026-11-24 18:30")
    due = "2026-11-23"
    assert await _counted(firm, firm.finance, due, "resolution") == (1, 0)

    await firm.lin_reopens(number)
    assert await _counted(firm, firm.finance, due, "resolution") == (1, 1)
    (row,) = await _rows(firm, firm.finance, due, "resolution")
    assert (row.failed, row.holder_en) == ("reopened", "Finance")
    page = (await (await site.browser("qian")).http.get("/reports/finance?from=2026-11-23&to=2026-11-29")).text
    assert "退回于" in page
    await _leads(firm)
    await firm.wu_hands_over(number, firm.hr)
    await firm.time_passes_until("2026-12-04 18:30")
    assert await _counted(firm, firm.finance, due, "resolution") == (1, 1)
    assert await _counted(firm, firm.hr, "2026-11-30", "resolution") == (0, 0)


async def test_what_broke_and_is_reopened_stays_in_the_week_of_its_due(firm: Firm) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.time_passes_until("2026-11-30 10:00")
    await firm.wu_resolves(number)
    await firm.lin_reopens(number)

    assert await _counted(firm, firm.finance, NEXT, "resolution") == (1, 1)
    assert await _counted(firm, firm.finance, "2026-11-30", "resolution") == (0, 0)


async def test_what_is_early_is_told_no_sooner_than_what_is_late(firm: Firm) -> None:
    """A week that has begun is no better than one that has ended."""
    await firm.wu_replies(await firm.lin_asks_for("a laptop"))
    await firm.lin_asks_for("a chair")

    assert await _counted(firm, firm.finance, MONDAY) == (0, 0)
    await firm.time_passes_until("2026-11-23 09:01")
    assert await _counted(firm, firm.finance, MONDAY) == (2, 1)


async def test_what_nobody_did_is_not_called_done(firm: Firm, site: Site) -> None:
    """The requester gives up when the due has passed: a failure, and no answer that took so long."""
    await firm.lin_withdraws(await _late(firm))

    assert await _counted(firm, firm.finance, MONDAY) == (1, 1)
    async with db.acting_as(firm.qian, writing=False):
        week = pieces(firm.finance, _week(MONDAY), None, lambda day: local(f"{day} 00:00"))
        spans = (await figures.spans(week, clock.now()))["first_reply"]
    assert (spans.n, spans.unanswered) == (0, 1)
    page = (await (await site.browser("qian")).http.get("/reports/finance?from=2026-11-16&to=2026-11-22")).text
    assert "没有办；" in page
    assert not re.search("已于.*办到", page)


async def _late(firm: Firm) -> int:
    number = await firm.lin_asks_for("a laptop")
    await firm.time_passes_until("2026-11-23 10:00")
    return number


async def test_the_same_day_is_asked_of_the_last_target(firm: Firm) -> None:
    """Owed on the day, then within the hour because it burns: answered on the day all the same, and no longer owed so."""
    async with db.acting_as(firm.admin):
        line = Line(zh="紧急", en="Burns", priority="critical", reply=Budget(3600))
        await policies.add(line)
    firm.clock_says("2026-11-20 09:05")
    lot = [await firm.lin_asks_for(f"matter {n}") for n in range(10)]
    await firm.does(firm.wu, tickets.set_priority, lot[0], "critical", "It burns.")
    firm.clock_says("2026-11-20 11:00")
    for number in lot:
        await firm.wu_replies(number)
    await firm.time_passes_until("2026-11-23 10:00")

    async with db.acting_as(firm.qian, writing=False):
        week = pieces(firm.finance, _week(MONDAY), None, lambda day: local(f"{day} 00:00"))
        lot_of_cells = await figures.cells(week, clock.now())
    same_day = [one for one in lot_of_cells if one.same_day]
    assert await _counted(firm, firm.finance, MONDAY) == (10, 1)
    assert (sum(one.n for one in same_day), sum(one.failed for one in same_day)) == (9, 0)


async def test_minutes_are_cut_off(firm: Firm) -> None:
    for _ in range(5):
        firm.clock_says("2026-11-20 15:00")
        number = await firm.lin_asks_for("a laptop")
        firm.clock_says("2026-11-20 15:01:59")
        await firm.wu_replies(number)
    await firm.time_passes_until("2026-11-23 10:00")
    async with db.acting_as(firm.qian, writing=False):
        week = pieces(firm.finance, _week(MONDAY), None, lambda day: local(f"{day} 00:00"))
        spans = (await figures.spans(week, clock.now()))["first_reply"]

    assert (set(spans.wall), set(spans.business)) == ({60}, {60})


async def test_what_was_declined_and_is_taken_up_again_has_not_failed_by_that(firm: Firm) -> None:
    """It was never kept: what becomes of it later counts."""
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_declines(number)
    await firm.time_passes_until("2026-11-23 10:00")
    await firm.lin_reopens(number)
    await firm.wu_resolves(number)
    await firm.time_passes_until("2026-12-04 18:30")

    assert [await _counted(firm, firm.finance, monday, "resolution") for monday in (MONDAY, NEXT)] == [(0, 0), (1, 0)]


async def test_a_question_that_nobody_answered_keeps_nobody_from_failing(firm: Firm) -> None:
    """The pause has ended by itself, unseen, and so has the time; then the request goes on."""
    await _leads(firm)
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_asks(number)
    firm.clock_says("2026-12-07 10:00")
    await firm.wu_hands_over(number, firm.hr)

    assert await _counted(firm, firm.finance, "2026-11-30", "resolution") == (1, 1)
    await firm.time_passes_until("2026-12-11 10:00")
    assert await _counted(firm, firm.finance, "2026-11-30", "resolution") == (1, 1)
