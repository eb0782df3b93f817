import asyncio
import json

import pytest

from desk import clock, db
from desk.catalog import actions as catalog
from desk.catalog import queries
from desk.catalog.actions import Draft
from desk.catalog.rules.service import NoService, fingerprint
from desk.db import Reader
from desk.directory import actions as directory
from desk.i18n import Forbidden, Invalid, Refused
from desk.sla.rules.targets import Budget, Moment, SameDay
from tests.catalog.forms import EXPENSES
from tests.directory.conftest import Firm

DRAFT = Draft(department="finance", name_zh="报销", name_en="Expenses", scope_zh="发票", scope_en="invoices")
SHUT = Draft(department="sales", name_zh="工资", name_en="Pay", tier=3, tier_reason="pay_and_appraisal")
OTHER = Draft(department="sales", name_zh="其他", name_en="Anything else", catch_all=True)


async def test_a_service_is_read_as_it_was_written(firm: Firm):
    async with db.acting_as(Reader(firm.admin)):
        await catalog.add_service("expenses", DRAFT, EXPENSES)

    async with db.acting_as(Reader(firm.lin), writing=False):
        service = await queries.service("expenses")
        assert (service.name("zh-CN"), service.name("en")) == ("报销", "Expenses")
        assert (service.department, service.department_name("en")) == (firm.finance, "Finance")
        assert service.fields == EXPENSES
        assert await queries.form("expenses") == EXPENSES


async def test_only_an_administrator_changes_the_catalogue(firm: Firm):
    for reader in (firm.lin, firm.qian):
        async with db.acting_as(Reader(reader)):
            with pytest.raises(Forbidden):
                await catalog.add_service("expenses", DRAFT)


async def test_a_change_is_one_entry_that_names_what_changed(firm: Firm, superuser):
    async with db.acting_as(Reader(firm.admin)):
        service = await catalog.add_service("expenses", DRAFT)
        await catalog.change_service("expenses", Draft(**as_dict(DRAFT) | {"name_zh": "费用报销", "tier": 0}))

    entry = await superuser.fetchrow("select * from entries where tag = 'service_changed'")
    assert (entry["subject"], entry["by"]) == (f"service:{service.id}", firm.admin)
    assert json.loads(entry["data"])["changed"] == ["name_zh", "tier"]


async def test_a_change_that_changes_nothing_is_no_entry(firm: Firm, superuser):
    async with db.acting_as(Reader(firm.admin)):
        await catalog.add_service("expenses", DRAFT, EXPENSES)
        await catalog.change_service("expenses", DRAFT)
        await catalog.set_fields("expenses", EXPENSES)

    assert await superuser.fetchval("select count(*) from entries where tag = 'service_changed'") == 0


async def test_two_administrators_do_not_overwrite_each_other(firm: Firm):
    async with db.acting_as(Reader(firm.admin)):
        seen = fingerprint(await catalog.add_service("expenses", DRAFT, EXPENSES))
        await catalog.change_service("expenses", Draft(**as_dict(DRAFT) | {"tier": 0}), seen=seen)
        with pytest.raises(Refused, match="somebody has just changed"):
            await catalog.change_service("expenses", DRAFT, seen=seen)
        await catalog.set_fields("expenses", EXPENSES[:3], seen=EXPENSES)
        with pytest.raises(Refused, match="somebody has just changed"):
            await catalog.set_fields("expenses", EXPENSES[1:], seen=EXPENSES)


async def test_two_who_choose_the_catch_all_at_once_follow_each_other(firm: Firm):
    async def add(code: str) -> None:
        async with db.acting_as(Reader(firm.admin)):
            await catalog.add_service(code, Draft(**as_dict(OTHER)))

    await add("other")
    await asyncio.gather(*(add(code) for code in ("one", "two", "three")))
    async with db.acting_as(Reader(firm.lin), writing=False):
        assert sum(service.catch_all for service in await queries.services()) == 1


async def test_two_services_cannot_share_a_code(firm: Firm):
    async with db.acting_as(Reader(firm.admin)):
        await catalog.add_service("expenses", DRAFT)
    with pytest.raises(Invalid, match="Another service has this code"):
        async with db.acting_as(Reader(firm.admin)):
            await catalog.add_service("expenses", SHUT)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"department": "nowhere"}, "department"),
        ({"name_en": " "}, "name_en"),
        ({"scope_en": ""}, "scope_en"),
        ({"tier": 4}, "tier"),
        ({"tier": 2}, "tier_reason"),
        ({"tier": 2, "tier_reason": "embarrassing"}, "tier_reason"),
        ({"icon": "skull"}, "icon"),
        ({"resolution": SameDay(extra_days=-1)}, "resolution"),
        ({"reply": Moment(1)}, "reply"),
        ({"resolution": Budget(0)}, "resolution"),
    ],
)
async def test_what_cannot_be_is_refused_at_its_field(firm: Firm, wrong: dict[str, object], field: str):
    async with db.acting_as(Reader(firm.admin)):
        with pytest.raises(Invalid) as refusal:
            await catalog.add_service("expenses", Draft(**as_dict(DRAFT) | wrong))
    assert list(refusal.value.faults) == [field]


async def test_exactly_one_service_takes_what_fits_nowhere(firm: Firm):
    async with db.acting_as(Reader(firm.admin)):
        with pytest.raises(Refused, match="no service takes"):
            await queries.catch_all()
        await catalog.add_service("other", OTHER)
        await catalog.add_service("pay", Draft(**as_dict(SHUT) | {"catch_all": True}))
        assert (await queries.catch_all()).code == "pay"
        assert not (await queries.service("other")).catch_all


async def test_the_catch_all_can_only_be_handed_on(firm: Firm):
    async with db.acting_as(Reader(firm.admin)):
        await catalog.add_service("other", OTHER)
        with pytest.raises(Refused, match="there must be one"):
            await catalog.retire_service("other")
        with pytest.raises(Refused, match="there must be one"):
            await catalog.change_service("other", Draft(**as_dict(OTHER) | {"catch_all": False}))


async def test_a_retired_service_is_offered_nowhere_until_it_is_restored(firm: Firm):
    async with db.acting_as(Reader(firm.admin)):
        await catalog.add_service("expenses", DRAFT)
        await catalog.retire_service("expenses")
        assert await queries.services() == []
        assert await queries.suggestions("报销") == []
        with pytest.raises(NoService):
            await queries.service("expenses")
        await catalog.restore_service("expenses")
        assert [one.code for one in await queries.suggestions("报销")] == ["expenses"]


async def test_the_catalogue_is_grouped_by_department_in_its_order(firm: Firm):
    async with db.acting_as(Reader(firm.admin)):
        for code, department in (("a1", "sales"), ("b1", "finance"), ("a2", "sales")):
            await catalog.add_service(code, Draft(department=department, name_zh=code, name_en=code))
        groups = await queries.groups()
    assert [(group.code, [one.code for one in group.services]) for group in groups] == [
        ("sales", ["a1", "a2"]),
        ("finance", ["b1"]),
    ]


async def test_whoever_is_named_in_an_answer_works_here(firm: Firm):
    typed = {"what": "车票", "amount": "3"}
    async with db.acting_as(Reader(firm.lin), writing=False):
        known = await queries.answers(EXPENSES, typed | {"approver": "QIAN"}, clock.now())
        with pytest.raises(Invalid) as refusal:
            await queries.answers(EXPENSES, typed | {"approver": "nobody"}, clock.now())
    assert known["approver"] == "qian"
    assert refusal.value.field == "fields.approver"


def as_dict(draft: Draft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in draft.__struct_fields__}


async def test_no_service_is_offered_where_nobody_can_answer(firm: Firm):
    async with db.acting_as(Reader(firm.admin)):
        await catalog.add_service("pay", SHUT)
        await catalog.retire_service("pay")
        await directory.set_level(firm.lin, firm.sales, 2)
        for again in (catalog.add_service("else", OTHER), catalog.restore_service("pay")):
            with pytest.raises(Invalid, match="nobody in this department"):
                await again
