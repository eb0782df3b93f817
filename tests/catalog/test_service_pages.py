import pytest
from litestar import Litestar

from desk import db
from desk.catalog import actions as catalog
from desk.catalog import queries
from desk.catalog.actions import Draft
from desk.catalog.rules.service import Kind
from desk.db import Reader
from desk.sla.rules.targets import Budget, SameDay
from tests.catalog.forms import EXPENSES
from tests.directory.conftest import Firm
from tests.pages import Browser, browser

NEW = {"code": "vpn", "department": "sales", "name_zh": "VPN", "name_en": "VPN", "resolution": "hours"}
QUESTION = {"name": "people", "kind": "number", "label_zh": "几个人", "label_en": "How many", "place": "1"}


@pytest.fixture
async def admin(firm: Firm, app: Litestar) -> Browser:
    async with db.acting_as(Reader(firm.admin)):
        await catalog.add_service("expenses", Draft(department="finance", name_zh="报销", name_en="Expenses"), EXPENSES)
    return await browser(app, firm.admin)


async def service(code: str):
    async with db.acting_as(db.NOBODY, writing=False):
        return await queries.service(code, retired=True)


async def test_an_administrator_adds_a_service(admin: Browser):
    answer = await admin.send("/admin/services/new", "/admin/services", **NEW, resolution_amount="4", tier="0")
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin/services/vpn")
    made = await service("vpn")
    assert (made.resolution, made.reply, made.tier) == (Budget(4 * 3600), SameDay(), 0)


async def test_what_was_typed_stays_in_the_form_with_what_must_be_mended(admin: Browser):
    typed = NEW | {"keywords": "远程 remote", "tier": "2"}
    answer = await admin.send("/admin/services/new", "/admin/services", **typed)
    assert answer.status_code == 422
    assert "远程 remote" in answer.text
    assert "请填1到400之间的整数" in answer.text


async def test_a_form_shows_what_is_and_sends_it_back_unchanged(admin: Browser):
    before = await service("expenses")
    fields = {"department": "finance", "name_zh": "报销", "name_en": "Expenses", "resolution_amount": "2"}
    answer = await admin.send("/admin/services/expenses", "/admin/services/expenses", **fields)
    assert answer.status_code == 303
    assert await service("expenses") == before


async def test_a_question_is_put_where_it_was_wanted(admin: Browser):
    path = "/admin/services/expenses/fields"
    await admin.send(f"{path}/people", f"{path}/people", **QUESTION)
    fields = (await service("expenses")).fields
    assert [field.name for field in fields[:3]] == ["people", "what", "why"]
    assert (fields[0].kind, fields[0].label_zh, len(fields)) == (Kind.NUMBER, "几个人", len(EXPENSES))


async def test_a_question_is_added_and_taken_away(admin: Browser):
    path = "/admin/services/expenses/fields"
    size = QUESTION | {"name": "size", "kind": "choice", "choices": "s|小|Small\nl｜大｜Large", "place": "99"}
    assert (await admin.send(f"{path}/new", path, **size)).status_code == 303
    assert [choice.zh for choice in (await service("expenses")).fields[-1].choices] == ["小", "大"]
    await admin.send(f"{path}/size", f"{path}/size/removal")
    assert (await service("expenses")).fields == EXPENSES


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": "what"}, "这张表里已经有“what”"),
        ({"name": "9lives"}, "不能作字段名"),
        ({"kind": "choice"}, "请至少写一个选项"),
        ({"choices": "a|甲|A"}, "只有“选一项”才有选项"),
        ({"kind": "choice", "choices": "a|甲"}, "第1行看不懂"),
        ({"kind": "song"}, "请从列出的选项里选一个"),
    ],
)
async def test_a_question_that_cannot_be_asked_is_refused(admin: Browser, wrong: dict[str, str], words: str):
    path = "/admin/services/expenses/fields"
    answer = await admin.send(f"{path}/new", path, **QUESTION | {"name": "fresh"} | wrong)
    assert answer.status_code == 422
    assert words in answer.text
    assert (await service("expenses")).fields == EXPENSES


async def test_a_service_is_retired_and_returns(admin: Browser):
    page = "/admin/services/expenses"
    await admin.send(page, f"{page}/retirement")
    assert (await service("expenses")).retired
    await admin.send(page, f"{page}/return")
    assert not (await service("expenses")).retired


@pytest.mark.parametrize(
    "path",
    [
        "/admin/services",
        "/admin/services/new",
        "/admin/services/expenses",
        "/admin/services/expenses/fields/new",
        "/admin/services/expenses/fields/what",
        "/admin/rules",
        "/admin/rules/new",
    ],
)
async def test_the_pages_of_administrators_are_theirs(admin: Browser, firm: Firm, app: Litestar, path: str):
    assert (await admin.get(path)).status_code == 200
    refused = await (await browser(app, firm.qian)).get(path)
    assert refused.status_code == 403
    assert "只由系统管理员维护" in refused.text
