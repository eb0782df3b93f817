"""No department loses its head unsaid."""

import pytest

from desk import clock, db
from desk.directory import actions, queries
from desk.i18n import Refused
from tests.conftest import Clock
from tests.directory.conftest import Firm

QIAN = {"name": "钱立群", "email": "qian@example.cn", "title": None}


@pytest.mark.parametrize("change", [{"guest": True}, {"move": True}, {"guest": True, "move": True}])
async def test_a_head_is_neither_made_a_guest_nor_moved_before_there_is_another(
    firm: Firm, change: dict[str, bool]
) -> None:
    there = firm.sales if change.pop("move", False) else firm.finance
    async with db.acting_as(db.Reader(firm.admin)):
        with pytest.raises(Refused, match="leads Finance"):
            await actions.change_person(firm.qian, department=there, **QIAN, **change)


async def test_with_another_head_the_move_is_made(firm: Firm, still: Clock) -> None:
    still.move(minutes=1)
    async with db.acting_as(db.Reader(firm.admin)):
        await actions.set_head(firm.finance, firm.wu)
        await actions.change_person(firm.qian, department=firm.sales, **QIAN)
        await actions.change_person(firm.qian, department=firm.sales, guest=True, **QIAN)
        assert await queries.levels(firm.qian) == {}


async def test_a_head_stays_a_member_of_the_department(firm: Firm) -> None:
    async with db.acting_as(db.Reader(firm.admin)):
        with pytest.raises(Refused, match="leads Finance"):
            await actions.set_level(firm.qian, firm.finance, None)
        await actions.set_level(firm.qian, firm.finance, 3)


async def test_a_head_who_leaves_leaves_a_gap_that_the_journal_tells(firm: Firm, still: Clock) -> None:
    still.move(days=1)
    async with db.acting_as(db.Reader(firm.admin)):
        assert [one.code for one in await actions.leave(firm.qian, clock.now())] == ["finance"]
        told = await db.fetch(
            "select tag, data ->> 'person' from entries where subject = $1", f"department:{firm.finance}"
        )
    assert [row[0] for row in told] == ["department_added", "head_set", "head_set"]
    assert told[-1][1] is None


async def test_a_head_of_this_very_moment_leaves_too(firm: Firm) -> None:
    async with db.acting_as(db.Reader(firm.admin)):
        await actions.leave(firm.qian, clock.now())
        assert await db.fetch("select from headships where person = $1 and until is null", firm.qian) == []


async def test_others_hold_their_place_as_before(firm: Firm) -> None:
    async with db.acting_as(db.Reader(firm.admin)):
        await actions.change_person(firm.qian, department=firm.finance, **(QIAN | {"title": "财务总监"}))
        assert await queries.head(firm.finance, clock.now()) == firm.qian
