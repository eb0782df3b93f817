"""People and departments in the browser: everybody reads, those who keep the directory change."""

import pytest

from desk import clock, db
from desk.directory import queries as directory
from tests.accounts.conftest import Browser
from tests.firm import Firm

pytestmark = pytest.mark.usefixtures("passwords")
NEW = {"login": "song", "name": "宋词", "email": "song@example.cn", "department": "finance", "title": "会计"}


async def test_every_employee_reads_people_and_departments(browser: Browser) -> None:
    await browser.signs_in("lin")
    for path in ("/people", "/people/wu", "/departments", "/departments/finance"):
        answer = await browser.get(path)
        assert answer.status_code == 200
        assert "吴桐" in answer.text or path == "/departments"
        assert f'action="{path}' not in answer.text or path == "/people"


async def test_lin_changes_nobody(browser: Browser) -> None:
    await browser.signs_in("lin")
    assert (await browser.get("/people/new")).status_code == 403
    assert (await browser.post("/people", **NEW)).status_code == 403
    answer = await browser.post("/people/wu/roles", roles="administrator")
    assert answer.status_code == 403
    assert "角色只能由系统管理员授予" in answer.text


async def test_an_administrator_adds_somebody(browser: Browser, firm: Firm) -> None:
    await browser.signs_in("admin")
    await browser.get("/people/new")
    answer = await browser.post("/people", **NEW)
    assert answer.headers["location"] == "/people/song"
    assert "宋词" in (await browser.get("/departments/finance")).text


async def test_what_was_typed_stays_in_the_form(browser: Browser) -> None:
    await browser.signs_in("admin")
    await browser.get("/people/new")
    answer = await browser.post("/people", **(NEW | {"login": "lin", "email": "song"}))
    assert answer.status_code == 422
    assert 'value="宋词"' in answer.text
    assert "请填写邮箱地址" in answer.text


async def test_a_superior_that_would_make_a_circle_is_said_at_the_field(browser: Browser) -> None:
    await browser.signs_in("admin")
    await browser.get("/people/wu")
    await browser.post("/people/wu/superior", superior="qian")
    answer = await browser.post("/people/qian/superior", superior="wu")
    assert answer.status_code == 409
    assert "绕成一圈" in answer.text


async def test_level_head_and_roles_are_set_on_the_pages(browser: Browser, firm: Firm) -> None:
    await browser.signs_in("admin")
    await browser.get("/people/zhao")
    await browser.post("/people/zhao/levels", department="legal", level="3")
    await browser.post("/departments/legal/head", head="zhao")
    await browser.post("/people/zhao/roles", roles=["auditor", "hr"])
    async with db.acting_as(firm.lin, writing=False):
        zhao = firm.zhao.person or 0
        assert await directory.head(firm.legal, clock.now()) == zhao
        assert (await directory.levels(zhao))[firm.legal] == 3
        assert await directory.roles(zhao) == {"auditor", "hr"}


async def test_a_department_with_people_is_not_closed(browser: Browser) -> None:
    await browser.signs_in("admin")
    await browser.get("/departments/finance")
    answer = await browser.post("/departments/finance", name_zh="财务部", name_en="Finance", closed="on")
    assert answer.status_code == 409
    assert "里面还有人" in answer.text


async def test_a_person_who_is_not_there_is_not_found(browser: Browser) -> None:
    await browser.signs_in("lin")
    assert (await browser.get("/people/nobody")).status_code == 404


async def test_the_list_is_read_page_by_page(browser: Browser, firm: Firm) -> None:
    async with db.acting_as(db.NOBODY):
        await db.fetch(
            """insert into people (login, name, email, department, guest)
               select 'x' || lpad(n::text, 3, '0'), '同事' || n, n || '@example.cn', $1, false
                 from generate_series(1, 60) n""",
            firm.legal,
        )
    await browser.signs_in("lin")
    first = await browser.get("/people?search=同事")
    assert "同事50<" in first.text
    assert "同事51<" not in first.text
    second = await browser.get("/people?search=同事&after=x050")
    assert "同事51<" in second.text
