"""What happens to people, accounts, services and calendars writes its entry too."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import pytest

from desk import clock, db
from desk.accounts import actions as accounts
from desk.catalog import actions as catalog
from desk.directory import actions as directory
from desk.journal.rules import Tag
from desk.sla.actions import calendars
from desk.sla.rules import format as formats
from desk.sla.rules.days import USUAL
from desk.sla.rules.sheet import Version
from tests.firm import WEEK, Firm, local
from tests.source import DESK

RULE = catalog.RuleDraft(department="finance", service="expenses", contains="train")
DRAFT = catalog.Draft(department="finance", name_zh="新服务", name_en="New")
PASSWORD = "four words that nobody guesses"
AT = {"address": "10.0.0.7", "browser": "test"}
NEW = {"login": "new", "name": "新人", "email": "new@example.cn"}
MOVED = {"name": "林晓雯", "email": "lin@example.cn", "title": "经理"}


async def _rule(_: Firm) -> None:
    await catalog.retire_rule(await catalog.add_rule(RULE))


async def _session(firm: Firm) -> None:
    await accounts.sign_out(await accounts.start_session(firm.admin.person, **AT))


async def _token(firm: Firm) -> None:
    await accounts.make_token(firm.admin.person, "test")
    await accounts.end_token(await db.call("select encode(substr(secret, 1, 8), 'hex') from tokens"))


async def _others(firm: Firm) -> None:
    await accounts.start_session(firm.admin.person, **AT)
    await accounts.end_others(firm.admin.person, but=None)


DEEDS: dict[Callable[[Firm], Awaitable[Any]], list[Tag]] = {
    lambda firm: directory.add_person(directory.NewPerson(department=firm.legal, **NEW)): [Tag.PERSON_ADDED],
    lambda firm: directory.change_person(firm.lin.person, department=firm.operations, **MOVED): [Tag.PERSON_CHANGED],
    lambda firm: accounts.leave(firm.meng.person): [Tag.PERSON_LEFT],
    lambda firm: directory.set_superior(firm.lin.person, firm.qian.person): [Tag.SUPERIOR_SET],
    lambda firm: directory.set_head(firm.hr, firm.han.person): [Tag.HEAD_SET],
    lambda firm: directory.set_level(firm.lin.person, firm.hr, 2): [Tag.LEVEL_SET],
    lambda firm: directory.set_role(firm.lin.person, "hr", held=True): [Tag.ROLE_SET],
    lambda firm: directory.set_absence(
        firm.wu.person, None, since=local("2026-11-21 00:00"), until=local("2026-11-28 00:00")
    ): [Tag.ABSENCE_SET],
    lambda firm: directory.change_department(firm.hr, name_zh="人事部", name_en="People"): [Tag.DEPARTMENT_CHANGED],
    lambda firm: directory.set_habits(language="en", theme=None, zone=None): [Tag.SETTINGS_CHANGED],
    lambda firm: accounts.make_link(firm.lin.person, "invitation"): [Tag.LINK_MADE],
    lambda firm: accounts.set_password(firm.admin.person, PASSWORD): [Tag.PASSWORD_SET],
    _session: [Tag.SIGNED_IN, Tag.SIGNED_OUT],
    _others: [Tag.SIGNED_IN, Tag.SESSION_ENDED],
    _token: [Tag.TOKEN_MADE, Tag.TOKEN_ENDED],
    lambda firm: catalog.add_service("new-one", DRAFT): [Tag.SERVICE_ADDED],
    lambda firm: catalog.retire_service("budget"): [Tag.SERVICE_CHANGED],
    _rule: [Tag.RULE_ADDED, Tag.RULE_CHANGED],
    lambda firm: calendars.save(firm.hr, Version(calendar=formats.parse(WEEK), cutoff=USUAL)): [Tag.CALENDAR_CHANGED],
}


@pytest.mark.parametrize(("deed", "tags"), DEEDS.items(), ids=[" ".join(tags) for tags in DEEDS.values()])
async def test_every_deed_is_in_the_journal_by_whoever_did_it(
    firm: Firm, superuser: asyncpg.Connection, deed: Callable[[Firm], Awaitable[Any]], tags: list[Tag]
):
    last = await superuser.fetchval("select max(id) from entries")
    async with db.acting_as(firm.admin):
        await deed(firm)

    rows = await superuser.fetch("select tag, by, at from entries where id > $1 order by id", last)
    assert [(row["tag"], row["by"], row["at"]) for row in rows] == [
        (tag.value, firm.admin.person, clock.now()) for tag in tags
    ]


async def test_a_new_department_is_in_the_journal_before_its_calendar(firm: Firm, superuser: asyncpg.Connection):
    last = await superuser.fetchval("select max(id) from entries")
    async with db.acting_as(firm.admin):
        await directory.add_department("lab", "实验室", "Laboratory")

    rows = await superuser.fetch("select tag from entries where id > $1 order by id", last)
    assert rows[0]["tag"] == Tag.DEPARTMENT_ADDED.value


def test_no_tag_stands_in_the_list_that_nothing_writes():
    actions = [path for path in DESK.rglob("*.py") if "actions" in path.relative_to(DESK).as_posix()]
    code = "\n".join(path.read_text() for path in actions)
    sql = "\n".join(path.read_text() for path in (DESK / "migrations" / "sql").glob("*.sql"))
    written = {Tag[name] for name in re.findall(r"\bTag\.([A-Z_]+)", code)}

    assert {tag for tag in Tag if tag not in written and f"'{tag.value}'" not in sql} == set()
