"""Whoever is told of a late promise sees it, asks the level below, and reads what was said."""

import pytest

from desk import db
from desk.directory import actions as directory
from desk.i18n import NotFound
from desk.journal import jobs as journal
from desk.journal.rules import Tag
from desk.sla.actions import escalations
from desk.sla.rules.escalation import Cause
from desk.worker import REACTIONS
from tests.firm import Firm, local
from tests.site import Site

LATE = "2026-11-20 18:01"


async def late(firm: Firm, **more: object) -> int:
    """吴 under 钱 under 赵; 吴 took it and let the time pass."""
    async with db.acting_as(firm.admin):
        await directory.set_superior(firm.wu.person, firm.qian.person)
        await directory.set_superior(firm.qian.person, firm.zhao.person)
    number = await firm.lin_asks_for("a taxi receipt", **more)
    await firm.wu_takes(number)
    await firm.time_passes_until(LATE)
    return number


async def test_each_level_reads_it_and_the_level_before_is_asked(site: Site) -> None:
    number = await late(site.firm)
    pages = {
        who: (await (await site.browser(who, **{"accept-language": "en"})).get("/escalated")).text
        for who in ("wu", "qian", "zhao", "lin")
    }

    assert f"/requests/{number}" in pages["wu"]
    assert "How does it stand" in pages["wu"]
    assert "吴桐 has been asked for the reason" in pages["qian"]
    assert "钱立群 has been asked for the reason" in pages["zhao"]
    assert f"/requests/{number}" not in pages["lin"]


async def test_what_is_said_reaches_the_superior_and_stands(site: Site) -> None:
    await late(site.firm)
    wu = await site.browser("wu")
    token = (await wu.get("/escalated")).text.split('action="/escalated/')[1].split('"')[0]

    empty = await wu.post(f"/escalated/{token}", cause="waited", reason=" ", _key=wu.key)
    said = await wu.post(
        f"/escalated/{token}", cause="waited", reason="The bank is closed; tomorrow 10:00.", _key=wu.key
    )
    again = await wu.post(f"/escalated/{token}", cause="forgotten", reason="Something else.", _key=wu.key)

    assert (empty.status_code, said.status_code, again.status_code) == (422, 303, 409)
    assert "The bank is closed" in (await (await site.browser("qian")).get("/escalated")).text


async def test_nobody_explains_for_somebody_else(firm: Firm) -> None:
    await late(firm)
    (row,) = await firm.rows(
        firm.qian, "select token from escalations where level = 2 and recipient = $1", firm.qian.person
    )

    async with db.acting_as(firm.zhou):
        with pytest.raises(NotFound):
            await escalations.explain(row["token"], Cause.SYSTEM, "It was the weather.", at=local(LATE))


async def test_a_superior_elsewhere_learns_that_something_is_late_and_not_what(site: Site) -> None:
    number = await late(site.firm, service="budget")
    page = (await (await site.browser("zhao", **{"accept-language": "en"})).get("/escalated")).text

    assert "Something of Finance, 20 Nov, that you may not read" in page
    assert "a taxi receipt" not in page
    assert str(number) not in page


async def test_what_is_done_leaves_the_list(site: Site) -> None:
    number = await late(site.firm)
    await site.firm.wu_replies(number)
    await site.firm.wu_resolves(number)

    assert f"/requests/{number}" not in (await (await site.browser("qian")).get("/escalated")).text


async def test_the_one_who_is_named_is_told_and_nobody_else(firm: Firm) -> None:
    await late(firm)
    firm.clock_says("2026-11-23 09:00")
    for row in await firm.rows(firm.lin, "select entry from errands order by entry"):
        await journal.react(row["entry"], 1, REACTIONS)
    rows = await firm.rows(firm.qian, "select tag from notices where person = $1", firm.qian.person)

    assert [row["tag"] for row in rows].count(Tag.ESCALATED) == 1
