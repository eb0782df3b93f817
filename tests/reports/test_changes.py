"""A head writes down from which day on work is done differently, and why; what is written stays."""

import asyncpg
import pytest

from desk import db
from desk.reports.queries import changes
from tests.firm import Firm
from tests.site import Site

PAGE = "/reports/finance/changes"
MARK = {"day": "2026-11-16", "words": "Two people take turns, because mornings waited."}


async def test_the_head_marks_a_change_and_every_employee_may_read_why(firm: Firm, site: Site) -> None:
    qian = await site.browser("qian")

    answer = await qian.post(PAGE, **MARK)

    assert answer.status_code == 303
    assert MARK["words"] in (await qian.http.get(PAGE)).text
    async with db.acting_as(firm.lin, writing=False):
        (found,) = await changes.marked(firm.finance)
    assert (found.day.isoformat(), found.words, found.by) == (MARK["day"], MARK["words"], "钱立群")


async def test_it_stands_in_the_journal_without_its_words(
    firm: Firm, site: Site, superuser: asyncpg.Connection
) -> None:
    await (await site.browser("qian")).post(PAGE, **MARK)

    row = await superuser.fetchrow("select * from entries where tag = 'change_marked'")

    assert row
    assert (row["subject"], row["by"]) == (f"department:{firm.finance}", firm.qian.person)
    assert MARK["words"] not in str(dict(row))


async def test_sent_twice_it_is_marked_once(site: Site, superuser: asyncpg.Connection) -> None:
    qian = await site.browser("qian")

    statuses = [(await qian.post(PAGE, **MARK)).status_code for _ in range(2)]

    assert statuses == [303, 303]
    assert await superuser.fetchval("select count(*) from entries where tag = 'change_marked'") == 1


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"day": "2026-11-21"}, 422, "这一天还没到"),
        ({"day": "2020-01-01"}, 422, "最多往回看800天"),
        ({"day": "soon"}, 422, "日期"),
        ({"words": ""}, 422, "请填写"),
        ({"words": "x" * 501}, 422, "500"),
    ],
)
async def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(
    site: Site, typed: dict[str, str], status: int, sentence: str
) -> None:
    sent = MARK | typed
    answer = await (await site.browser("qian")).post(PAGE, **sent)

    assert answer.status_code == status
    assert sentence in answer.text
    assert f'value="{sent["day"]}"' in answer.text
    assert sent["words"] in answer.text


async def test_another_reason_for_the_same_day_is_refused(site: Site) -> None:
    qian = await site.browser("qian")
    await qian.post(PAGE, **MARK)

    answer = await qian.post(PAGE, **MARK | {"words": "No, because of the new form."})

    assert answer.status_code == 409
    assert "写下的不能改" in answer.text
    assert "No, because of the new form." in answer.text


@pytest.mark.parametrize("login", ["lin", "wu", "zhao", "admin"])
async def test_nobody_else_marks_anything(site: Site, superuser: asyncpg.Connection, login: str) -> None:
    browser = await site.browser(login)

    read = await browser.http.get(PAGE)
    sent = await browser.post(PAGE, **MARK)

    assert {read.status_code, sent.status_code} == {403}
    assert "只给该部门主管和上级看" in sent.text
    assert await superuser.fetchval("select count(*) from report_changes") == 0


async def test_the_database_itself_takes_no_mark_from_anybody_else(firm: Firm) -> None:
    add = "insert into report_changes (department, day, words, by, at, audience) values ($1, '2026-11-16', 'x', $2, '2026-11-16', '{staff}')"

    for who, by in ((firm.zhao, firm.zhao), (firm.qian, firm.zhao)):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with db.acting_as(who):
                await db.call(add, firm.finance, by.person)


async def test_a_guest_reads_no_mark(firm: Firm, site: Site) -> None:
    await (await site.browser("qian")).post(PAGE, **MARK)

    async with db.acting_as(firm.guest, writing=False):
        assert await changes.marked(firm.finance) == []
