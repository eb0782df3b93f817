"""A department that was just founded can promise."""

from desk import db
from desk.directory import actions as directory
from desk.journal import jobs as journal
from desk.sla.queries import clocks
from desk.worker import REACTIONS
from tests.firm import Firm


async def test_a_new_department_gets_the_usual_hours(firm: Firm) -> None:
    async with db.acting_as(firm.admin):
        department = await directory.add_department("lab", "实验室", "Laboratory")
        entry = await db.call("select max(id) from entries where tag = 'department_added'")

    for _ in range(2):
        await journal.react(entry, 1, REACTIONS)

    async with db.acting_as(db.NOBODY):
        assert (await clocks.clock(department)).version == 1
        assert await clocks.calendar_count(department) == 1
