"""Target rules as administrators keep them and everybody reads them; the dry run that is what filing gives."""

from datetime import datetime

import asyncpg
import pytest

from desk import db
from desk.directory import actions as directory
from desk.i18n import Refused
from desk.sla.actions import policies as actions
from desk.sla.queries import policies
from desk.sla.rules import why
from desk.sla.rules.policies import Line
from desk.sla.rules.targets import Budget, SameDay
from desk.tickets import actions as tickets
from tests.firm import Firm, local
from tests.site import Site, Visit

EXPENSES = {"name_zh": "报销快些", "name_en": "Quick expenses", "service": "expenses", "resolution": "same_day"}
ROLES = {"name_zh": "关键岗位", "name_en": "Critical roles", "critical": "on", "reply": "hours", "reply_amount": "2"}


async def names() -> list[str]:
    async with db.acting_as(db.NOBODY, writing=False):
        return [line.en for line in await policies.lines()]


async def added(admin: Visit, **fields: str) -> None:
    await admin.get("/policies/new")
    assert (await admin.post("/policies", **fields)).status_code == 303


async def test_a_rule_is_added_after_the_others_and_told_in_words(site: Site):
    admin = await site.browser("admin")
    await added(admin, **EXPENSES)
    await added(admin, **ROLES)

    page = (await admin.get("/policies")).text
    assert await names() == ["Quick expenses", "Critical roles"]
    assert "服务是“费用报销”" in page
    assert "提出人在关键岗位" in page
    assert "2个工作小时" in page


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"service": ""}, "请至少写一个条件"),
        ({"resolution": ""}, "请至少给一个时限"),
        ({"resolution": "days"}, "请填1到60之间的整数"),
        ({"name_en": ""}, "请填写名称"),
        ({"service": "nothing"}, "没有这项服务"),
        ({"department": "nothing"}, "没有这个部门"),
    ],
)
async def test_what_is_wrong_with_a_rule_is_said_and_what_was_typed_stays(
    site: Site, changed: dict[str, str], fault: str
):
    admin = await site.browser("admin")
    await admin.get("/policies/new")
    answer = await admin.post("/policies", **EXPENSES | changed)

    assert answer.status_code == 422
    assert fault in answer.text
    assert 'value="报销快些"' in answer.text
    assert await names() == []


async def test_a_rule_with_the_same_conditions_is_refused(site: Site):
    admin = await site.browser("admin")
    await added(admin, **EXPENSES)
    await admin.get("/policies/new")
    assert (await admin.post("/policies", **EXPENSES | {"name_en": "Again"})).status_code == 409
    assert await names() == ["Quick expenses"]


async def test_rules_change_places_and_end_but_are_never_changed(site: Site, superuser: asyncpg.Connection):
    admin = await site.browser("admin")
    await added(admin, **EXPENSES)
    await added(admin, **ROLES)
    async with db.acting_as(db.NOBODY, writing=False):
        first, second = [line.id for line in await policies.lines()]

    await admin.post(f"/policies/{second}/place", where="up")
    assert await names() == ["Critical roles", "Quick expenses"]
    await admin.post(f"/policies/{first}/end")
    assert await names() == ["Critical roles"]
    assert "报销快些" in (await admin.get("/policies")).text
    assert (await admin.post(f"/policies/{first}/end")).status_code == 409
    for column in ("name_zh", "service", "critical", "reply", "resolution", "made_at"):
        assert not await superuser.fetchval("select has_column_privilege('desk_app', 'policies', $1, 'update')", column)


async def test_every_employee_reads_them_and_only_administrators_change_them(site: Site):
    admin, lin = await site.browser("admin"), await site.browser("lin")
    await added(admin, **EXPENSES)

    page = (await lin.get("/policies")).text
    assert "报销快些" in page
    assert "/policies/new" not in page
    assert [(await lin.get(path)).status_code for path in ("/policies/new", "/policies/try")] == [403, 403]
    assert (await lin.post("/policies", **ROLES)).status_code == 403
    assert [(await (await site.browser("guest")).get("/policies")).status_code] == [403]


async def test_each_change_stands_in_the_journal(site: Site):
    admin = await site.browser("admin")
    await added(admin, **EXPENSES)
    await added(admin, **ROLES)
    async with db.acting_as(site.firm.admin):
        [_, second] = [line.id for line in await policies.lines()]
        await actions.move(second, up=True)
        await actions.move(second, up=True)  # it is the first already
        await actions.end(second)

    rows = await site.firm.rows(site.firm.admin, "select tag from entries where subject like 'policy:%' order by id")
    assert [row["tag"] for row in rows] == ["policy_added", "policy_added", "policy_moved", "policy_ended"]


async def test_programs_read_them_in_order(site: Site):
    admin = await site.browser("admin")
    await added(admin, **EXPENSES)
    program = await site.program("lin", **{"accept-language": "en"})
    assert (await program.get("/api/policies")).json()["items"] == [
        {
            "place": 1, "name": "Quick expenses", "when": ["the service is “Expenses”"], "critical": False, "reply": None,
            "resolution": {"kind": "same_day", "cutoff": None, "extra_days": 0},
        }
    ]  # fmt: skip


async def test_a_program_sets_the_priority_and_reads_what_moved(site: Site):
    number = await site.firm.lin_asks_for("a taxi receipt")
    program = await site.program("wu", **{"accept-language": "en"})
    body = {"priority": "critical", "reason": "The bank closes tonight."}
    shown = (await program.post(f"/api/requests/{number}/priority", json=body)).json()

    assert (shown["priority"], shown["critical"]) == ("critical", True)
    assert shown["timeline"][-1]["text"] == "吴桐 set the priority to critical."
    assert (await program.post(f"/api/requests/{number}/priority", json=body)).status_code == 409


async def test_the_page_offers_the_other_priority_keeps_what_was_typed_and_marks_what_is_critical(site: Site):
    number = await site.firm.lin_asks_for("a taxi receipt")
    wu, path = await site.browser("wu"), f"/requests/{number}/priority"
    await wu.get(f"/requests/{number}")
    refused = await wu.post(path, priority="routine", reason="It can wait.")
    assert (refused.status_code, "It can wait." in refused.text, "已经是常规" in refused.text) == (409, True, True)
    assert (await wu.post(path, priority="critical")).status_code == 422

    assert (await wu.post(path, priority="critical", reason="The bank closes tonight.")).status_code == 303
    assert "吴桐把优先级定为关键" in (await wu.get(f"/requests/{number}")).text
    assert "#star" in (await wu.get("/queue")).text
    assert "/priority" not in (await (await site.browser("lin")).get(f"/requests/{number}")).text


async def _filed(firm: Firm, who: str, service: str) -> list[datetime]:
    number = await firm.files(firm.people[who], "BX-1", service=service)
    rows = await firm.rows(firm.people[who], _GIVEN, number)
    return [row["due_at"] for row in rows]


_GIVEN = """
select p.due_at from promises p join tickets t on t.id = p.ticket where t.number = $1 order by p.kind
"""


@pytest.mark.parametrize("moment", ["2026-11-20 15:00", "2026-11-20 16:00", "2026-11-21 10:00"])
@pytest.mark.parametrize(
    ("who", "service"), [("lin", "expenses"), ("meng", "expenses"), ("zhao", "anything"), ("lin", "payroll")]
)
async def test_the_dry_run_says_what_filing_gives(site: Site, moment: str, who: str, service: str):
    firm, admin = site.firm, await site.browser("admin", **{"accept-language": "en"})
    await _rules(firm)
    tried = (await admin.get(f"/policies/try?service={service}&requester={who}&at={moment.replace(' ', 'T')}")).text
    firm.clock_says(moment)
    seen = (await (await site.browser(who, **{"accept-language": "en"})).get(f"/new?service={service}")).text
    for due in await _filed(firm, who, service):
        assert _said(due, now="2026-11-20 15:00") in tried
        assert _said(due, now=moment) in seen


def _said(due: datetime, *, now: str) -> str:
    return why.headline(due, language="en", zone="Asia/Shanghai", now=local(now))


async def _rules(firm: Firm) -> None:
    async with db.acting_as(firm.admin):
        await actions.add(Line(zh="甲", en="A", critical=True, reply=Budget(5 * 3600 + 420)))
        await actions.add(Line(zh="乙", en="B", department=firm.operations, resolution=Budget(4 * 3600 + 660)))
        await directory.set_critical(firm.meng.person, True)


async def test_the_dry_run_answers_for_a_department_and_a_role_and_asks_for_one_of_them(site: Site):
    admin = await site.browser("admin")
    await added(admin, **ROLES)
    page = (await admin.get("/policies/try?service=expenses&department=legal&critical=on")).text
    assert "第1条“关键岗位”" in page
    assert "没有规则符合" in (await admin.get("/policies/try?service=expenses&department=legal")).text
    assert (await admin.get("/policies/try?service=expenses")).status_code == 422
    assert (await admin.get("/policies/try?service=expenses&department=legal&at=soon")).status_code == 422


async def test_the_dry_run_knows_the_share(site: Site):
    admin = await site.browser("admin")
    await added(admin, **ROLES)
    number = await site.firm.lin_asks_for("BX-1")
    await site.firm.does(site.firm.wu, tickets.set_priority, number, "critical", "x")

    page = (await admin.get("/policies/try?service=expenses&department=legal&critical=on")).text
    assert "跳过了“关键岗位”" in page
    refused = await admin.get("/policies/try?service=expenses&department=legal&priority=critical")
    assert (refused.status_code, "2件在办请求" in refused.text) == (409, True)


async def test_what_somebody_else_ended_is_refused(firm: Firm):
    async with db.acting_as(firm.admin):
        line = await actions.add(Line(zh="甲", en="A", critical=True, reply=SameDay()))
        await actions.end(line)
        with pytest.raises(Refused, match="has ended"):
            await actions.move(line, up=True)
