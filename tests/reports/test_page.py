"""The report of finance as 钱 reads it, who leads it; whoever does not answer for it gets a sentence and no figure."""

import re

import pytest

from desk import clock, db
from desk.directory import actions as directory
from desk.sla.actions import escalations
from desk.sla.rules.escalation import Cause
from tests.firm import Firm
from tests.site import Site
from tests.tickets.test_escalated import late

NOVEMBER = "/reports/finance?from=2026-11-01&to=2026-11-30"
WORDS = re.compile(r"<[^>]+>")


async def _read(site: Site, login: str, path: str = NOVEMBER) -> tuple[int, str]:
    answer = await (await site.browser(login)).http.get(path)
    return answer.status_code, answer.text


async def _failed(firm: Firm) -> int:
    number = await firm.lin_asks_for("a laptop")
    await firm.time_passes_until("2026-11-23 11:00")
    await firm.wu_replies(number)
    return number


async def test_the_head_reads_first_whom_the_department_failed(firm: Firm, site: Site) -> None:
    number = await _failed(firm)

    status, page = await _read(site, "qian")

    assert status == 200
    assert "1件中失约1件" in page
    assert f'href="/requests/{number}"' in page
    assert "林晓雯等了5小时00分（工作时间）" in page
    assert "晚了2小时00分" in page
    assert "当时在财务部 · 吴桐手上" in page or "当时在财务部手上" in page


async def test_nothing_is_rounded_up_to_a_hundred(firm: Firm, site: Site) -> None:
    await firm.lin_asks_for("a laptop")

    _, page = await _read(site, "qian")

    assert "0件中失约0件" in page
    assert "100" not in WORDS.sub("", page)


@pytest.mark.parametrize("login", ["lin", "wu", "zhao", "han", "admin"])
async def test_whoever_does_not_answer_for_it_gets_a_sentence_and_no_figure(firm: Firm, site: Site, login: str) -> None:
    await _failed(firm)
    status, page = await _read(site, login)

    assert status == 403
    assert "只给该部门主管和上级看" in page
    assert "失约" not in page


async def test_a_guest_is_let_in_nowhere(site: Site) -> None:
    assert {(await _read(site, "guest", path))[0] for path in (NOVEMBER, "/reports", "/reports/meanings")} == {403}


async def test_the_superior_of_the_head_answers_for_it_too(firm: Firm, site: Site) -> None:
    async with db.acting_as(db.NOBODY):
        await directory.set_superior(firm.qian.person, firm.zhao.person)

    assert (await _read(site, "zhao"))[0] == 200
    assert "财务部" in (await _read(site, "zhao", "/reports"))[1]


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/reports/finance?from=2026-11-30&to=2026-11-01", 422, "早于开始日"),
        ("/reports/finance?from=2020-01-01&to=2026-11-01", 422, "一次最多看800天"),
        ("/reports/finance?from=yesterday", 422, "不是日期"),
        ("/reports/nowhere", 404, "部门"),
        ("/reports/hr", 403, "只给该部门主管和上级看"),
        ("/reports/finance/promises?kind=wish", 422, "这种承诺"),
        ("/reports/finance/promises?service=wish", 422, "这项服务"),
    ],
)
async def test_bad_input_gets_a_sentence_and_no_figure(site: Site, path: str, status: int, sentence: str) -> None:
    found, page = await _read(site, "qian", path)

    assert found == status
    assert sentence in page
    assert 'class="section figures"' not in page


async def test_what_the_reader_may_not_read_is_counted_and_marked(firm: Firm, site: Site) -> None:
    """A request to human resources that 赵, above its head, may not read."""
    async with db.acting_as(db.NOBODY):
        await directory.set_head(firm.hr, firm.han.person)
        await directory.set_superior(firm.han.person, firm.zhao.person)
    number = await firm.lin_asks_for("my salary", service="payroll")
    await firm.time_passes_until("2026-11-23 11:00")
    hr = NOVEMBER.replace("finance", "hr")
    _, above = await _read(site, "zhao", hr)
    _, head = await _read(site, "han", hr)

    assert "1件中失约1件" in above
    assert "1件中失约1件" in head
    assert f"/requests/{number}" in head
    assert f"/requests/{number}" not in above
    assert "my salary" not in above
    assert 'class="marker"' in above
    assert 'class="marker"' not in head


async def test_a_figure_leads_to_its_rows(firm: Firm, site: Site) -> None:
    number = await _failed(firm)
    _, page = await _read(site, "qian")
    href = re.search(r'href="(/reports/finance/promises\?[^"]*kind=first_reply[^"]*)"', page)
    assert href

    _, rows = await _read(site, "qian", href[1].replace("&amp;", "&"))

    assert f'href="/requests/{number}"' in rows
    assert "首次答复" in rows


async def test_every_figure_has_its_card(site: Site) -> None:
    _, page = await _read(site, "qian")
    _, cards = await _read(site, "qian", "/reports/meanings")

    asked = set(re.findall(r'href="/reports/meanings#(\w+)"', page))
    assert len(asked) == 10
    assert asked <= set(re.findall(r'id="(\w+)"', cards))


async def test_a_failure_says_why_in_one_of_a_few_words(firm: Firm, site: Site) -> None:
    """吴 is asked why it went up to 钱, chooses a cause and writes the rest; the report counts the cause."""
    await late(firm)
    (row,) = await firm.rows(firm.qian, "select token from escalations where level = 2")
    before = (await _read(site, "qian"))[1]
    async with db.acting_as(firm.wu):
        await escalations.explain(row["token"], Cause.WAITED, "The bank was closed.", at=clock.now())
    after = (await _read(site, "qian"))[1]

    assert "在等别的部门 · The bank was closed." in after
    assert re.search(r"<th scope=\"row\">在等别的部门</th>\s*<td class=\"is-num\">1</td>", after)
    assert "在等别的部门" not in before
