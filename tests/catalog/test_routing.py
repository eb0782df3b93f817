import json

import pytest

from desk import clock, db
from desk.catalog import actions as catalog
from desk.catalog import queries
from desk.catalog.actions import Draft, RuleDraft
from desk.catalog.rules.routing import Facts, Strategy
from desk.db import Reader
from desk.directory import actions as directory
from desk.i18n import Forbidden, Invalid, Refused
from tests.catalog.forms import EXPENSES
from tests.directory.conftest import Firm

DRAFT = Draft(department="sales", name_zh="报销", name_en="Expenses")


@pytest.fixture
async def firm_with_a_service(firm: Firm) -> Firm:
    async with db.acting_as(Reader(firm.admin)):
        await catalog.add_service("expenses", DRAFT, EXPENSES)
    return firm


async def route(firm: Firm, words: str = "", **fields: str):
    return await queries.route_of(Facts(firm.sales, words, fields), await queries.service("expenses"))


async def test_a_rule_sends_a_request_to_its_handler(firm_with_a_service: Firm):
    firm = firm_with_a_service
    async with db.acting_as(Reader(firm.admin)):
        await catalog.add_rule(RuleDraft(department="finance", service="expenses", contains="成都", handler="wu"))
        assert (await route(firm, "去成都")).handler == firm.wu
        assert (await route(firm, "去上海")).department == firm.sales


async def test_rules_are_asked_in_their_order(firm_with_a_service: Firm):
    firm = firm_with_a_service
    async with db.acting_as(Reader(firm.admin)):
        wide = await catalog.add_rule(RuleDraft(department="sales", service="expenses"))
        narrow = await catalog.add_rule(RuleDraft(department="finance", from_department="sales", least=True))
        assert (await route(firm)).rule == wide
        await catalog.move_rule(narrow, up=True)
        assert (await route(firm)).rule == narrow
        await catalog.move_rule(narrow, up=True)
        await catalog.retire_rule(narrow)
        assert (await route(firm)).rule == wide


async def test_a_handler_who_has_left_leaves_the_request_to_the_queue(firm_with_a_service: Firm):
    firm = firm_with_a_service
    async with db.acting_as(Reader(firm.admin)):
        await catalog.add_rule(RuleDraft(department="finance", service="expenses", handler="wu"))
        await directory.leave(firm.wu, clock.now())
        found = await route(firm)
    assert (found.department, found.handler, found.strategy) == (firm.finance, None, Strategy.QUEUE)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"department": "nowhere"}, "department"),
        ({"from_department": "nowhere"}, "from_department"),
        ({"service": "nothing"}, "service"),
        ({"contains": None}, "service"),
        ({"handler": "nobody"}, "handler"),
        ({"handler": "lin"}, "handler"),
        ({"handler": "wu", "least": True}, "least"),
        ({"field": "kind", "equals": "travel"}, "service"),
        ({"service": "expenses", "field": "colour", "equals": "red"}, "field"),
        ({"service": "expenses", "field": "kind"}, "equals"),
        ({"service": "expenses", "equals": "travel"}, "field"),
    ],
)
async def test_a_rule_that_cannot_work_is_refused(firm_with_a_service: Firm, wrong: dict[str, object], field: str):
    async with db.acting_as(Reader(firm_with_a_service.admin)):
        with pytest.raises(Invalid) as refusal:
            await catalog.add_rule(RuleDraft(**{"department": "finance", "contains": "a"} | wrong))
    assert list(refusal.value.faults) == [field]


async def test_a_removed_rule_cannot_be_changed(firm_with_a_service: Firm):
    async with db.acting_as(Reader(firm_with_a_service.admin)):
        rule = await catalog.add_rule(RuleDraft(department="finance", contains="a"))
        await catalog.retire_rule(rule)
        with pytest.raises(Refused, match="just been removed"):
            await catalog.change_rule(rule, RuleDraft(department="sales", contains="a"))


async def test_only_an_administrator_routes(firm_with_a_service: Firm):
    firm = firm_with_a_service
    async with db.acting_as(Reader(firm.qian)):
        with pytest.raises(Forbidden):
            await catalog.add_rule(RuleDraft(department="finance", contains="a"))


async def test_a_change_of_the_rules_is_in_the_journal(firm_with_a_service: Firm, superuser):
    async with db.acting_as(Reader(firm_with_a_service.admin)):
        rule = await catalog.add_rule(RuleDraft(department="finance", contains="a"))
        await catalog.change_rule(rule, RuleDraft(department="sales", contains="a"))
        await catalog.retire_rule(rule)

    entries = await superuser.fetch("select tag, data from entries where subject = $1 order by id", f"rule:{rule}")
    assert [entry["tag"] for entry in entries] == ["rule_added", "rule_changed", "rule_changed"]
    assert json.loads(entries[2]["data"]) == {"retired": True}
