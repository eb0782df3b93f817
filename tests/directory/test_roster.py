"""A file of people: all of it, or nothing and every fault with its line."""

from datetime import timedelta

import pytest

from desk import clock, db
from desk.directory import actions, queries
from desk.directory.rules import roster
from tests.conftest import Clock

GOOD = """login,name,email,department,superior,level,roles,department_name_zh,department_name_en
qian,钱立群,qian@example.cn,finance,,handler,administrator,财务部,Finance
wu,吴桐,wu@example.cn,finance,qian,handler,,,
"""


async def read(text: str) -> object:
    async with db.acting_as(db.NOBODY):
        return await actions.read_roster(text.encode())


async def people() -> list[str]:
    async with db.acting_as(db.NOBODY):
        return [row["login"] for row in await db.fetch("select login from people order by 1")]


async def test_a_file_makes_departments_people_and_their_line(desk: None, still: Clock) -> None:
    await read(GOOD)
    async with db.acting_as(db.NOBODY):
        qian, wu = await queries.person_called("qian"), await queries.person_called("wu")
        assert await queries.superior(wu.id, clock.now()) == qian.id
        assert await queries.handlers(wu.department, clock.now()) == [qian.id, wu.id]
        assert await queries.roles(qian.id) == {"administrator"}


async def test_the_same_file_twice_changes_nothing(desk: None, still: Clock) -> None:
    await read(GOOD)
    still.move(days=1)
    again = await read(GOOD)
    assert again == actions.roster.Imported(departments=0, added=0, changed=0, unchanged=2)


async def test_a_later_file_brings_people_up_to_date(desk: None, still: Clock) -> None:
    await read(GOOD)
    still.move(days=1)
    await read(GOOD.replace("吴桐", "吴彤"))
    async with db.acting_as(db.NOBODY):
        assert (await queries.person_called("wu")).name == "吴彤"


async def test_a_circle_that_an_arranged_change_would_close_is_refused(desk: None, still: Clock) -> None:
    await read(GOOD.replace(",qian,handler", ",,handler"))
    async with db.acting_as(db.NOBODY):
        qian, wu = await queries.person_called("qian"), await queries.person_called("wu")
        await actions.set_superior(qian.id, wu.id, since=clock.now() + timedelta(days=3))
    with pytest.raises(roster.Faulty, match=r"Line 3: .*circle"):
        await read(GOOD)
    async with db.acting_as(db.NOBODY):
        assert await queries.superior(wu.id, clock.now()) is None


async def test_one_fault_and_nothing_is_written(desk: None, still: Clock) -> None:
    with pytest.raises(roster.Faulty, match=r"Line 3: .*neither in the file"):
        await read(GOOD.replace(",qian,handler", ",nobody,handler"))
    assert await people() == []


FAULTS = {
    "login": ("wu,", "W!,", 3, "A login has"),
    "login twice": ("wu,", "qian,", 3, "stands in line 2"),
    "address": ("wu@example.cn", "wu", 3, "give an address"),
    "address twice": ("wu@example.cn", "QIAN@example.cn", 3, "stands in line 2"),
    "level": ("qian,handler", "qian,chief", 3, "no level"),
    "department": ("wu@example.cn,finance", "wu@example.cn,magic", 3, "no department"),
    "role": ("administrator", "king", 2, "no role"),
    "circle": ("finance,,handler", "finance,wu,handler", 2, "circle"),
    "cells": ("handler,,,", "handler,", 3, "7 cells instead of 9"),
    "heading": ("login,name", "login,nickname", 1, "missing"),
}


@pytest.mark.parametrize(("old", "new", "line", "words"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_with_its_line(old: str, new: str, line: int, words: str) -> None:
    with pytest.raises(roster.Faulty) as refused:
        roster.check(roster.parse(GOOD.replace(old, new)), roster.Known(frozenset(), {}, {}, frozenset(), frozenset()))
    assert any(at == line and words in fault.say("en") for at, fault in refused.value.faults)


def test_all_faults_are_told_at_once() -> None:
    broken = GOOD.replace("qian@", "qian").replace("wu@", "wu")
    with pytest.raises(roster.Faulty) as refused:
        roster.check(roster.parse(broken), roster.Known(frozenset(), {}, {}, frozenset(), frozenset()))
    assert [line for line, _ in refused.value.faults] == [2, 3]


def test_a_chinese_spreadsheet_is_read_in_its_own_encoding() -> None:
    assert "钱立群" in roster.decode(GOOD.encode("gb18030"))
