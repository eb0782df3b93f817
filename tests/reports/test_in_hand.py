"""What is resolved has left, and what is reopened has come again: arrivals and departures agree with the backlog."""

import asyncpg
import pytest

from desk import clock, db
from desk.directory import actions as directory
from desk.reports.queries import figures, flow
from desk.reports.queries import requests as queries
from desk.reports.queries.figures import Window
from desk.reports.queries.requests import What
from tests.firm import Firm, local
from tests.reports import reference_flow as reference
from tests.reports.busy import Busy
from tests.reports.test_flow import _SEALED, _window, _world
from tests.site import Site


def _days(firm: Firm, first: str, last: str) -> Window:
    return Window(firm.finance, local(f"{first} 00:00"), local(f"{last} 23:59"), clock.now())


async def _counted(firm: Firm, first: str, last: str) -> tuple[int, int]:
    async with db.acting_as(firm.qian, writing=False):
        told = await flow.arrivals(_days(firm, first, last))
    return sum(one.came for one in told), sum(one.went for one in told)


async def test_what_is_filed_and_resolved_in_the_same_week_leaves_nothing_in_hand(firm: Firm, site: Site) -> None:
    """Nobody has accepted anything yet."""
    for n in range(3):
        number = await firm.lin_asks_for(f"matter {n}")
        await firm.time_passes_until(f"2026-11-20 15:3{n}")
        await firm.wu_resolves(number)
    page = (await (await site.browser("qian")).http.get("/reports/finance/tabs/flow?period=this_week")).text

    assert await _counted(firm, "2026-11-20", "2026-11-20") == (3, 3)
    assert "到最后一天，手上的比开始时多0件。" in page
    async with db.acting_as(firm.qian, writing=False):
        assert len(await queries.requests(_days(firm, "2026-11-20", "2026-11-20"), What.WENT, None)) == 3
        assert await figures.backlog(firm.finance, [clock.now()]) == [0, 0]


async def test_what_is_not_done_yet_comes_again_and_leaves_again(firm: Firm) -> None:
    """Resolved on Friday, "not yet" on Monday, resolved on Tuesday, accepted on Wednesday, reopened on Thursday."""
    number = await firm.lin_asks_for("a laptop")
    for at, deed in (("20 16:00", "wu_resolves"), ("23 10:00", "lin_reopens"), ("24 10:00", "wu_resolves"),
                     ("25 10:00", "lin_accepts"), ("26 10:00", "lin_reopens")):  # fmt: skip
        await firm.time_passes_until(f"2026-11-{at}")
        await getattr(firm, deed)(number)

    days = [await _counted(firm, f"2026-11-{day}", f"2026-11-{day}") for day in (20, 23, 24, 25, 26)]
    assert days == [(1, 1), (1, 0), (0, 1), (0, 0), (1, 0)]


async def test_one_that_waits_for_its_requester_stays_and_a_declined_one_leaves(firm: Firm) -> None:
    asked, declined = await firm.lin_asks_for("a laptop"), await firm.lin_asks_for("a loan")
    await firm.time_passes_until("2026-11-20 16:00")
    await firm.wu_asks(asked)
    await firm.wu_declines(declined)

    assert await _counted(firm, "2026-11-20", "2026-11-20") == (2, 1)


@pytest.mark.parametrize("seed", [5, 6])
async def test_all_that_ever_came_and_has_not_left_is_what_is_in_hand(
    firm: Firm, superuser: asyncpg.Connection, seed: int
) -> None:
    """Of all departments together: one that is handed over while it waits is told by the first until it is answered."""
    await Busy(firm, superuser, seed).live()
    async with db.acting_as(db.NOBODY):
        await directory.set_head(firm.legal, firm.zhao.person)
    await superuser.execute(_SEALED)
    now, in_hand, backlog = clock.now(), 0, 0
    for department, head in ((firm.finance, firm.qian), (firm.hr, firm.han), (firm.legal, firm.zhao)):
        async with db.acting_as(head, writing=False):
            told = await flow.arrivals(Window(department, local("2026-11-01 00:00"), local("2027-01-01 00:00"), now))
            backlog += sum(await figures.backlog(department, [now]))
        in_hand += sum(one.came - one.went for one in told)

    assert in_hand == backlog
    assert backlog > 3


@pytest.mark.parametrize("seed", [1, 7])
async def test_the_requests_behind_are_those_that_were_counted(
    firm: Firm, superuser: asyncpg.Connection, seed: int
) -> None:
    await Busy(firm, superuser, seed).live(steps=240)
    await superuser.execute(_SEALED)
    found = await _world(superuser)
    for department, head in ((firm.finance, firm.qian), (firm.hr, firm.han)):
        async with db.acting_as(head, writing=False):
            readable = {row["number"] for row in await db.fetch("select number from tickets")}
            for what, wanted in zip((What.CAME, What.WENT), reference.came_and_went(found, department), strict=True):
                rows = await queries.requests(_window(department), what, None)
                assert {one.number for one in rows} == wanted & readable, what
                assert len(wanted) > 2
