"""Critical roles: who sets them, who sees them."""

import pytest

from desk import db
from desk.directory import actions as directory
from desk.i18n import Forbidden, Invalid
from tests.firm import Firm
from tests.site import Site


async def test_who_keeps_the_directory_sets_it_once_and_the_journal_says_so(firm: Firm):
    async with db.acting_as(firm.admin):
        await directory.set_role(firm.han.person, "hr", held=True)
    async with db.acting_as(firm.han):
        await directory.set_critical(firm.lin.person, True)
        await directory.set_critical(firm.lin.person, True)

    rows = await firm.rows(firm.lin, "select subject, data from entries where tag = 'critical_role_set'")
    assert [row["subject"] for row in rows] == [f"person:{firm.lin.person}"]


async def test_nobody_makes_themselves_critical_and_guests_hold_no_role(firm: Firm):
    async with db.acting_as(firm.lin):
        with pytest.raises(Forbidden):
            await directory.set_critical(firm.lin.person, True)
    async with db.acting_as(firm.admin):
        with pytest.raises(Invalid):
            await directory.set_critical(firm.guest.person, True)


async def test_the_page_of_a_person_sets_it_takes_it_away_and_shows_it_to_everybody(site: Site):
    admin, zhao = await site.browser("admin"), await site.browser("zhao")
    await admin.get("/people/lin")
    assert (await admin.post("/people/lin/critical", critical="on")).status_code == 303
    assert "在关键岗位" in (await zhao.get("/people/lin")).text
    assert (await zhao.post("/people/lin/critical")).status_code == 403

    await admin.get("/people/lin")
    await admin.post("/people/lin/critical")
    assert "在关键岗位" not in (await zhao.get("/people/lin")).text
