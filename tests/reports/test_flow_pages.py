"""The pages of flow and dependence as 钱 reads them: tables whose sums fit, people never named."""

import re

import asyncpg
import pytest

from desk import db
from desk.directory import actions as directory
from desk.reports.rules.flow import Hand, told
from desk.tickets import actions as tickets
from tests.firm import Firm
from tests.reports.busy import Busy
from tests.site import Site

WEEKS = "?from=2026-11-20&to=2026-12-02"
FLOW, DEPENDENCE = f"/reports/finance/tabs/flow{WEEKS}", f"/reports/finance/tabs/dependence{WEEKS}"
PEOPLE = ("吴桐", "周敏", "韩梅", "林晓雯", "孟凡")
_WORDS = re.compile(r'<span class="unseen">[^<]*</span>|<[^>]+>')


async def _read(site: Site, login: str, path: str) -> tuple[int, str]:
    answer = await (await site.browser(login)).http.get(path)
    return answer.status_code, answer.text


def table(page: str, card: str) -> list[list[str]]:
    """The words of each cell."""
    section = re.search(rf'<section class="section figures" aria-labelledby="{card}">(.*?)</section>', page, re.S)
    assert section, card
    rows = re.findall(r"<tr>(.*?)</tr>", section[1], re.S)
    return [
        [_WORDS.sub("", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)] for row in rows
    ]


@pytest.fixture
async def busy(firm: Firm, superuser: asyncpg.Connection) -> None:
    await Busy(firm, superuser, 1).live()


@pytest.mark.usefixtures("busy")
async def test_the_page_of_flow_tells_each_figure_once(site: Site) -> None:
    status, page = await _read(site, "qian", FLOW)

    assert status == 200
    days, hours = table(page, "arrivals")[1:], table(page, "hours")[1:]
    assert len(days) == 13
    assert sum(int(day[1]) for day in days) == int(days[-1][3]) > 20
    assert sum(int(n) for row in hours for n in row[1:] if n != "·") == int(days[-1][3])
    assert {row[0] for row in table(page, "handovers")[1:]} == {"人力资源部", "法务部"}
    assert re.search(r'href="/requests/\d+"', page)
    assert table(page, "hands")[-1][0] == "从提出到办结"
    assert table(page, "first_contact")[1][0] == "一次办好"


@pytest.mark.usefixtures("busy")
async def test_the_page_of_dependence_names_departments_and_no_people(site: Site) -> None:
    status, page = await _read(site, "qian", DEPENDENCE)

    assert status == 200
    assert "费用报销" in page
    assert table(page, "one_requester")[1][0] == "运营部"
    assert {row[0] for row in table(page, "mutual")[1:]} <= {"人力资源部", "法务部"}
    assert not any(name in page for name in PEOPLE)


async def test_one_person_alone_is_said_and_not_named(firm: Firm, site: Site) -> None:
    for n in range(5):
        await firm.wu_resolves(await firm.lin_asks_for(f"matter {n}"))
    _, page = await _read(site, "qian", DEPENDENCE)

    assert table(page, "single_point")[1][0] == "费用报销"
    assert table(page, "single_point")[1][2:] == ["只有一个人", "5"]
    assert "吴桐" not in page


async def test_below_five_nothing_is_told_of_a_service_and_no_time(firm: Firm, site: Site) -> None:
    for n in range(4):
        await firm.wu_resolves(await firm.lin_asks_for(f"matter {n}"))
    _, page = await _read(site, "qian", DEPENDENCE)
    _, flow = await _read(site, "qian", FLOW)

    assert table(page, "single_point") == []
    assert table(flow, "hands") == []
    assert "不足五件，不给数字" in flow


async def test_below_five_it_is_not_told_from_where_they_came(firm: Firm, site: Site) -> None:
    """Four, then three more from elsewhere; then a fifth."""
    for n in range(4):
        await firm.lin_asks_for(f"matter {n}")
    few = table((await _read(site, "qian", DEPENDENCE))[1], "one_requester")
    for n in range(3):
        await firm.files(firm.han, f"other {n}")
    _, page = await _read(site, "qian", DEPENDENCE)
    split = table(page, "one_requester")
    await firm.files(firm.meng, "one more")
    _, after = await _read(site, "qian", DEPENDENCE)

    assert few == []
    assert [row[1:] for row in split[1:]] == [["&lt;5", "–"], ["&lt;5", "–"]]
    assert "运营部" not in page.split('aria-labelledby="one_requester"')[1].split("</section>")[0]
    assert "asked_by" not in page
    assert [row[:2] for row in table(after, "one_requester")[1:]] == [["运营部", "5"], ["同一位提出人", "&lt;5"]]
    assert "asked_by" in after


@pytest.mark.parametrize("login", ["lin", "wu", "zhao", "han", "admin"])
async def test_whoever_does_not_answer_for_it_gets_a_sentence(firm: Firm, site: Site, login: str) -> None:
    await firm.lin_asks_for("a laptop")
    for path in (FLOW, DEPENDENCE):
        status, page = await _read(site, login, path)
        assert status == 403
        assert "只给该部门主管和上级看" in page
        assert 'class="section figures"' not in page


async def test_what_may_not_be_read_stands_as_a_marker_with_a_way_to_ask(firm: Firm, site: Site) -> None:
    async with db.acting_as(db.NOBODY):
        await directory.set_superior(firm.qian.person, firm.zhao.person)
    number = await firm.lin_asks_for("a budget", service="budget")
    for n in range(4):
        await firm.time_passes_until(f"2026-11-23 1{n}:00")
        who, to = ((firm.wu, firm.hr), (firm.han, firm.finance))[n % 2]
        await firm.does(who, tickets.hand_over, number, to, "Not ours.")
    (_, head), (_, above) = await _read(site, "qian", FLOW), await _read(site, "zhao", FLOW)

    assert f'href="/requests/{number}"' in head
    assert 'class="marker"' not in head
    assert "a budget" not in above
    assert f"/requests/{number}" not in above
    assert "/access/ask?of=" in above


def test_departments_with_few_are_put_together_and_it_still_adds_up() -> None:
    hands = [Hand("department", n, count, 100 * n, 60) for n, count in ((1, 9), (2, 4), (3, 7), (4, 2))]
    hands += [Hand("requester", None, 1, 5, 5), Hand("all", None, 9, 1005, 200)]

    shown = told(hands, 3)

    assert [(one.holder, one.department, one.n) for one in shown] == [
        ("department", 3, 7), ("department", 1, 9), ("department", None, 6), ("requester", None, 1),
    ]  # fmt: skip
    assert sum(one.wall for one in shown) == 1005


@pytest.mark.usefixtures("busy")
async def test_every_figure_of_both_pages_has_its_card(site: Site) -> None:
    _, cards = await _read(site, "qian", "/reports/meanings")
    asked = set()
    for path in (FLOW, DEPENDENCE):
        asked |= set(re.findall(r'href="/reports/meanings#(\w+)"', (await _read(site, "qian", path))[1]))

    assert len(asked) == 11
    assert asked <= set(re.findall(r'id="(\w+)"', cards))


async def test_figures_of_the_flow_lead_to_their_requests(firm: Firm, site: Site) -> None:
    """Each list is as long as its figure says, and names what the reader may read."""
    number = await firm.lin_asks_for("a laptop")
    firm.clock_says("2026-11-20 15:10")
    await firm.wu_resolves(number)
    other = await firm.lin_asks_for("a chair")
    await firm.wu_hands_over(other, firm.hr)
    qian = await site.browser("qian")
    lists = {}
    for what in (
        "came",
        "went",
        "finished",
        "resolved",
        "at_once",
        "handed&other=hr",
        "received&other=hr",
        "held&other=hr",
        "held&other=finance",
    ):
        page = await qian.http.get(f"/reports/finance/requests?what={what}")
        assert page.status_code == 200
        lists[what] = set(map(int, re.findall(r'row__title"><a href="/requests/(\d+)"', page.text)))

    assert lists["came"] == {number, other}
    assert lists["handed&other=hr"] == {other}
    assert lists["went"] >= {other}
    assert lists["finished"] == lists["resolved"] == lists["at_once"] == {number}
    assert lists["received&other=hr"] == lists["held&other=hr"] == set()
    assert lists["held&other=finance"] == {number}
    for path in ("?what=wish", "?what=resolved&other=wish"):
        assert (await qian.http.get(f"/reports/finance/requests{path}")).status_code == 422
    assert (await qian.http.get("/reports/finance/requests?what=handed&other=nowhere")).status_code == 404
    assert (await (await site.browser("lin")).http.get("/reports/finance/requests")).status_code == 403
