import pytest
from litestar import Litestar

from desk import db
from desk.catalog import actions as catalog
from desk.catalog import queries
from desk.catalog.actions import Draft, RuleDraft
from desk.db import Reader
from desk.directory import actions as directory
from tests.catalog.forms import EXPENSES
from tests.directory.conftest import Firm
from tests.pages import Browser, browser

TRAVEL = {"department": "finance", "service": "expenses", "field": "kind", "equals": "travel", "handler": "wu"}


@pytest.fixture
async def admin(firm: Firm, app: Litestar) -> Browser:
    async with db.acting_as(Reader(firm.admin)):
        await catalog.add_service("expenses", Draft(department="sales", name_zh="报销", name_en="Expenses"), EXPENSES)
    return await browser(app, firm.admin)


async def in_order() -> list[int]:
    async with db.acting_as(db.NOBODY, writing=False):
        return [rule.id for rule in await queries.rules()]


async def test_a_rule_is_written_and_told_in_words(admin: Browser):
    assert (await admin.send("/admin/rules/new", "/admin/rules", **TRAVEL)).status_code == 303
    seen = (await admin.get("/admin/rules")).text
    assert "服务是“报销”，“类别”填的是“差旅”" in seen
    assert "财务部的吴桐" in seen


async def test_the_form_shows_a_rule_as_it_is(admin: Browser):
    await admin.send("/admin/rules/new", "/admin/rules", **TRAVEL)
    [rule] = await in_order()
    await admin.send(f"/admin/rules/{rule}", f"/admin/rules/{rule}", **TRAVEL | {"equals": "office"})
    assert 'value="office"' in (await admin.get(f"/admin/rules/{rule}")).text
    assert await in_order() == [rule]


async def test_the_same_rule_sent_twice_is_one(admin: Browser):
    await admin.send("/admin/rules/new", "/admin/rules", **TRAVEL)
    again = await admin.send("/admin/rules/new", "/admin/rules", **TRAVEL)
    assert again.status_code == 409
    assert "永远轮不到" in again.text
    assert len(await in_order()) == 1


async def test_rules_change_places_and_go(admin: Browser, firm: Firm):
    async with db.acting_as(Reader(firm.admin)):
        first = await catalog.add_rule(RuleDraft(department="sales", contains="a"))
        second = await catalog.add_rule(RuleDraft(department="sales", contains="b"))
    await admin.send("/admin/rules", f"/admin/rules/{second}/place", where="up")
    assert await in_order() == [second, first]
    await admin.send(f"/admin/rules/{first}", f"/admin/rules/{first}/removal")
    assert await in_order() == [second]
    assert (await admin.get(f"/admin/rules/{first}")).status_code == 409


async def test_a_rule_whose_handler_has_left_says_so(admin: Browser, firm: Firm, still):
    await admin.send("/admin/rules/new", "/admin/rules", **TRAVEL)
    async with db.acting_as(Reader(firm.admin)):
        await directory.leave(firm.wu, still.at)
    assert "吴桐已离职" in (await admin.get("/admin/rules")).text


async def test_a_handler_of_another_department_is_refused_in_words(admin: Browser):
    answer = await admin.send("/admin/rules/new", "/admin/rules", **TRAVEL | {"handler": "lin"})
    assert answer.status_code == 422
    assert "林晓雯不是这个部门的经办人" in answer.text


async def test_a_rule_without_a_condition_is_refused_and_no_department_is_chosen_beforehand(admin: Browser):
    assert '<option value="" selected>请选择</option>' in (await admin.get("/admin/rules/new")).text
    answer = await admin.send("/admin/rules/new", "/admin/rules", department="finance")
    assert answer.status_code == 422
    assert "请至少写一个条件" in answer.text
    assert await in_order() == []
