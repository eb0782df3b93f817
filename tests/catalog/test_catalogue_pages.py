import pytest
from litestar import Litestar

from desk import db
from desk.catalog import actions as catalog
from desk.catalog.actions import Draft
from desk.db import Reader
from desk.sla.rules.targets import HalfDay
from tests.catalog.forms import EXPENSES
from tests.directory.conftest import Firm
from tests.pages import Browser, browser


@pytest.fixture
async def lin(firm: Firm, app: Litestar) -> Browser:
    expenses = Draft(
        department="finance", name_zh="报销", name_en="Expenses", scope_zh="发票", scope_en="Invoices",
        bring_zh="发票照片\n事由", bring_en="a photo\na reason", resolution=HalfDay(),
    )  # fmt: skip
    async with db.acting_as(Reader(firm.admin)):
        await catalog.add_service("expenses", expenses, EXPENSES)
        await catalog.add_service("gone", Draft(department="sales", name_zh="旧服务", name_en="Former"))
        await catalog.retire_service("gone")
    return await browser(app, firm.lin)


async def test_everybody_reads_the_catalogue_and_only_administrators_may_keep_it(
    lin: Browser, firm: Firm, app: Litestar
):
    seen = (await lin.get("/services")).text
    assert "财务部" in seen
    assert "半天办结" in seen
    assert "旧服务" not in seen
    assert "/admin/services" not in seen
    assert "/admin/services" in (await (await browser(app, firm.admin)).get("/services")).text


async def test_a_service_shows_its_standard_and_its_questions(lin: Browser):
    seen = (await lin.get("/services/expenses")).text
    for words in ("发票照片", "当天答复", "选一项：差旅、办公用品", "/new?service=expenses"):
        assert words in seen


async def test_typing_gets_the_list_alone_and_without_a_script_the_page(lin: Browser):
    block = await lin.get("/services/suggestions?q=报销", headers={"hx-request": "true"})
    assert "/services/expenses" in block.text
    assert "<html" not in block.text
    assert "<html" in (await lin.get("/services/suggestions?q=报销")).text


async def test_what_fits_nothing_can_be_filed_in_own_words(lin: Browser):
    seen = (await lin.get("/services/suggestions?q=火星")).text
    assert "/new?q=%E7%81%AB%E6%98%9F" in seen


@pytest.mark.parametrize("code", ["gone", "never"])
async def test_what_is_not_offered_says_where_to_go(lin: Browser, code: str):
    answer = await lin.get(f"/services/{code}")
    assert answer.status_code == 404
    assert "照原话提交" in answer.text


async def test_programs_get_the_catalogue_in_the_readers_language(lin: Browser, firm: Firm, app: Litestar):
    item = (await (await browser(app, firm.lin, "en")).get("/api/services")).json()["items"][0]
    assert (item["id"], item["name"], item["name_zh"]) == ("expenses", "Expenses", "报销")
    assert item["department"] == {"id": "finance", "name": "Finance"}
    assert item["targets"]["resolution"] == {"words": "half a day", "rule": {"kind": "half_day"}}
    assert item["fields"][5]["choices"] == [
        {"value": "travel", "label": "Travel"},
        {"value": "office", "label": "Office"},
    ]
    assert (await lin.get("/api/services")).json()["next"] is None
