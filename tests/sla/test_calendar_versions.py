import json

import pytest

from desk import db
from desk.db import Reader
from desk.i18n import Forbidden, Refused
from desk.sla.actions import calendars as keep
from desk.sla.queries import calendars, clocks
from desk.sla.rules import outlook, sheet
from tests.directory.conftest import Firm

OFFICE = outlook.usual("Asia/Shanghai", 2026)
PAST = sheet.read(sheet.Sheet(tz="Asia/Shanghai", special="2026-01-05 09:00-10:00"))


async def test_a_department_has_no_calendar_until_one_is_saved(firm: Firm):
    async with db.acting_as(Reader(firm.admin)):
        assert [(one.code, one.version) for one in await calendars.calendars()] == [("finance", 0), ("sales", 0)]
        assert await keep.save(firm.finance, OFFICE) == 1
        kept = await calendars.calendar("finance")
    assert kept is not None
    assert (kept.held, kept.version, kept.made_by) == (OFFICE, 1, "管一鸣")


async def test_a_change_is_a_new_version_and_the_old_one_stays(firm: Firm):
    async with db.acting_as(Reader(firm.admin)):
        await keep.save(firm.finance, OFFICE)
        old = await clocks.clock(firm.finance)
        await keep.save(firm.finance, sheet.Version(calendar=OFFICE.calendar), seen=1)
        assert [one.version for one in await calendars.history(firm.finance)] == [2, 1]
        assert ((await clocks.clock(firm.finance)).cutoff, (await clocks.version(old.id)).cutoff) == (None, old.cutoff)


async def test_two_administrators_do_not_overwrite_each_other(firm: Firm):
    async with db.acting_as(Reader(firm.admin)):
        await keep.save(firm.finance, OFFICE, seen=0)
        with pytest.raises(Refused, match="another version"):
            await keep.save(firm.finance, OFFICE, seen=0)
        assert len(await calendars.history(firm.finance)) == 1


async def test_a_calendar_that_never_opens_again_is_not_saved(firm: Firm):
    async with db.acting_as(Reader(firm.admin)):
        with pytest.raises(Refused, match="from today on"):
            await keep.save(firm.finance, PAST)


async def test_a_head_does_not_set_the_own_clock(firm: Firm):
    async with db.acting_as(Reader(firm.qian)):
        with pytest.raises(Forbidden):
            await keep.save(firm.finance, OFFICE)


async def test_a_new_version_is_in_the_journal(firm: Firm, superuser):
    async with db.acting_as(Reader(firm.admin)):
        await keep.save(firm.finance, OFFICE)

    entry = await superuser.fetchrow("select * from entries where tag = 'calendar_changed'")
    assert (entry["subject"], entry["by"]) == (f"department:{firm.finance}", firm.admin)
    assert json.loads(entry["data"]) == {"department": firm.finance, "version": 1}
