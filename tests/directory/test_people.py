"""People come, move, get duties, and leave."""

from datetime import timedelta

import pytest

from desk import clock, db
from desk.directory import actions, queries
from desk.i18n import Forbidden, Invalid, Refused
from tests.conftest import Clock
from tests.directory.conftest import Firm, add


async def test_an_ordinary_colleague_changes_nobody(firm: Firm) -> None:
    async with db.acting_as(db.Reader(firm.lin)):
        with pytest.raises(Forbidden, match="administrators and human resources"):
            await actions.set_level(firm.lin, firm.finance, 3)


async def test_human_resources_may_not_make_itself_an_administrator(firm: Firm) -> None:
    async with db.acting_as(db.Reader(firm.admin)):
        await actions.set_role(firm.lin, "hr", held=True)
    async with db.acting_as(db.Reader(firm.lin)):
        await actions.set_level(firm.wu, firm.finance, 2)
        with pytest.raises(Forbidden, match="only administrators give roles"):
            await actions.set_role(firm.lin, "administrator", held=True)


async def test_the_last_administrator_stays(firm: Firm) -> None:
    async with db.acting_as(db.Reader(firm.admin)):
        with pytest.raises(Refused, match="last administrator"):
            await actions.set_role(firm.admin, "administrator", held=False)


async def test_a_login_that_is_taken_is_said_at_its_field(firm: Firm) -> None:
    async with db.acting_as(db.NOBODY):
        with pytest.raises(Invalid) as refused:
            await add("lin", "另一个林", firm.sales)
    assert list(refused.value.faults) == ["login"]


async def test_a_move_takes_the_membership_along(firm: Firm) -> None:
    facts = {"name": "吴桐", "email": "wu@example.cn", "title": None}
    async with db.acting_as(db.Reader(firm.admin)):
        await actions.change_person(firm.wu, department=firm.sales, **facts)
        assert await queries.levels(firm.wu) == {firm.sales: 2}
        assert await queries.handlers(firm.finance, clock.now()) == [firm.qian]


async def test_the_head_of_a_department_handles_there(firm: Firm) -> None:
    async with db.acting_as(db.Reader(firm.lin), writing=False):
        assert await queries.handlers(firm.finance, clock.now()) == [firm.qian, firm.wu]


async def test_whoever_leaves_holds_nothing_any_more(firm: Firm, still: Clock) -> None:
    still.move(days=1)
    async with db.acting_as(db.Reader(firm.admin)):
        await actions.leave(firm.qian, clock.now())
        assert await queries.head(firm.finance, clock.now()) is None
        assert await queries.levels(firm.qian) == {}
        assert [one.login for one in (await queries.people_page(clock.now())).items] == ["admin", "lin", "wu"]


async def test_every_change_is_one_entry_of_its_doer(firm: Firm) -> None:
    async with db.acting_as(db.Reader(firm.admin)):
        await actions.set_level(firm.lin, firm.finance, 2)
        rows = await db.fetch("select tag, by, subject from entries order by id desc limit 2")
    assert tuple(rows[0]) == ("level_set", firm.admin, f"person:{firm.lin}")
    assert tuple(rows[1])[:2] == ("role_set", None)


async def test_absences_of_one_person_do_not_overlap(firm: Firm) -> None:
    at = clock.now()
    async with db.acting_as(db.Reader(firm.lin)):
        await actions.set_absence(firm.lin, None, since=at, until=at + timedelta(days=3))
        with pytest.raises(Invalid, match="overlaps"):
            await actions.set_absence(firm.lin, None, since=at + timedelta(days=1), until=at + timedelta(days=2))


async def test_an_absence_ends_when_the_person_is_back(firm: Firm, still: Clock) -> None:
    at = clock.now()
    async with db.acting_as(db.Reader(firm.lin)):
        await actions.set_absence(firm.lin, firm.wu, since=at, until=at + timedelta(days=3))
    still.move(hours=5)
    async with db.acting_as(db.Reader(firm.lin)):
        await actions.end_absence(firm.lin)
        assert await queries.absence(firm.lin, clock.now()) is None


async def test_nobody_who_has_left_stands_in(firm: Firm) -> None:
    at = clock.now()
    async with db.acting_as(db.Reader(firm.admin)):
        await actions.leave(firm.wu, at)
        with pytest.raises(Invalid, match="has left"):
            await actions.set_absence(firm.qian, firm.wu, since=at, until=at + timedelta(days=1))


async def test_people_are_found_by_a_part_of_their_name(firm: Firm) -> None:
    async with db.acting_as(db.Reader(firm.lin), writing=False):
        found = await queries.people_page(clock.now(), search="晓")
        nobody = await queries.people_page(clock.now(), search="%")
    assert [one.name for one in found.items] == ["林晓雯"]
    assert nobody.items == []


async def test_a_guest_reads_no_list_of_people(firm: Firm) -> None:
    new = actions.NewPerson(login="guest", name="客人", email="g@other.cn", department=firm.sales, guest=True)
    async with db.acting_as(db.NOBODY):
        guest = await actions.add_person(new)
    async with db.acting_as(db.Reader(guest), writing=False):
        assert (await queries.people_page(clock.now())).items == []
