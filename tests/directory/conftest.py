"""A small firm without requests: 钱 leads finance, where 吴 handles; 林 works in sales; 管 keeps the directory."""

from dataclasses import dataclass

import pytest

from desk import db
from desk.directory import actions as directory


@dataclass(frozen=True)
class Firm:
    finance: int
    sales: int
    qian: int
    wu: int
    lin: int
    admin: int


async def add(login: str, name: str, department: int) -> int:
    return await directory.add_person(
        directory.NewPerson(login=login, name=name, email=f"{login}@example.cn", department=department)
    )


@pytest.fixture
async def firm(desk: None, still: object) -> Firm:
    async with db.acting_as(db.NOBODY):
        finance = await directory.add_department("finance", "财务部", "Finance")
        sales = await directory.add_department("sales", "销售部", "Sales")
        qian, wu = await add("qian", "钱立群", finance), await add("wu", "吴桐", finance)
        lin, admin = await add("lin", "林晓雯", sales), await add("admin", "管一鸣", sales)
        await directory.set_head(finance, qian)
        await directory.set_level(wu, finance, 3)
        await directory.set_superior(wu, qian)
        await directory.set_role(admin, "administrator", held=True)
    return Firm(finance, sales, qian, wu, lin, admin)
