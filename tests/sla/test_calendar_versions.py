import json
import os

import pytest

from desk import db
from desk.directory import actions as directory
from desk.i18n import Forbidden, Refused
from desk.sla.actions import calendars as keep
from desk.sla.queries import calendars, clocks
from desk.sla.rules import outlook, sheet
from tests.cluster import Cluster
from tests.elsewhere import elsewhere
from tests.firm import Firm

OFFICE = outlook.usual("Asia/Shanghai", 2026)
PAST = sheet.read(sheet.Sheet(tz="Asia/Shanghai", special="2026-01-05 09:00-10:00"))


async def test_a_department_has_no_calendar_until_one_is_saved(firm: Firm):
    async with db.acting_as(firm.admin):
        lab = await directory.add_department("lab", "实验室", "Laboratory")
        assert [one.version for one in await calendars.calendars() if one.code == "lab"] == [0]
        assert await keep.save(lab, OFFICE) == 1
        kept = await calendars.calendar("lab")
    assert kept is not None
    assert (kept.held, kept.version, kept.made_by) == (OFFICE, 1, "安然")


async def test_a_change_is_a_new_version_and_the_old_one_stays(firm: Firm):
    async with db.acting_as(firm.admin):
        old = await clocks.clock(firm.finance)
        await keep.save(firm.finance, sheet.Version(calendar=OFFICE.calendar), seen=1)
        assert [one.version for one in await calendars.history(firm.finance)] == [2, 1]
        assert (await clocks.clock(firm.finance)).cutoff is None
        assert (await clocks.version(old.id)).cutoff == old.cutoff is not None


async def test_what_is_known_of_a_calendar_is_not_known_of_another_database(firm: Firm, cluster: Cluster):
    async with db.acting_as(firm.admin):
        here = await clocks.clock(firm.finance)
    empty = f"another_house_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    async with elsewhere(cluster.clone(empty)), db.acting_as(db.NOBODY):
        with pytest.raises(AssertionError, match="named by a foreign key"):
            await clocks.version(here.id)
    cluster.drop(empty)
    async with db.acting_as(firm.admin):
        assert (await clocks.version(here.id)).compiled.calendar == here.compiled.calendar


async def test_two_administrators_do_not_overwrite_each_other(firm: Firm):
    async with db.acting_as(firm.admin):
        await keep.save(firm.finance, OFFICE, seen=1)
        with pytest.raises(Refused, match="another version"):
            await keep.save(firm.finance, OFFICE, seen=1)
        assert len(await calendars.history(firm.finance)) == 2


async def test_a_calendar_that_never_opens_again_is_not_saved(firm: Firm):
    async with db.acting_as(firm.admin):
        with pytest.raises(Refused, match="from today on"):
            await keep.save(firm.finance, PAST)


async def test_a_head_does_not_set_the_own_clock(firm: Firm):
    async with db.acting_as(firm.qian):
        with pytest.raises(Forbidden):
            await keep.save(firm.finance, OFFICE)


async def test_a_new_version_is_in_the_journal(firm: Firm, superuser):
    async with db.acting_as(firm.admin):
        await keep.save(firm.finance, OFFICE)

    newest = "select * from entries where tag = 'calendar_changed' order by id desc"
    entry = await superuser.fetchrow(newest)
    assert (entry["subject"], entry["by"]) == (f"department:{firm.finance}", firm.admin.person)
    assert json.loads(entry["data"]) == {"department": firm.finance, "version": 2}
