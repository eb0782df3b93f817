"""The outbox on pages: one's own letters whole, the state of those of a request, figures for administrators."""

import asyncpg
import pytest

from desk import settings
from desk.tickets import actions as tickets
from tests.firm import Firm
from tests.outbox.post import Server, worker_runs
from tests.site import Site

LIN = "lin@example.cn"
_TOKEN = "select token from sendings where person = $1 and content is not null order by id desc limit 1"


@pytest.fixture
async def number(firm: Firm, superuser: asyncpg.Connection, server: Server) -> int:
    number = await firm.lin_asks_for("a laptop", channel="mail")
    await firm.does(firm.zhao, tickets.watch, number)
    await firm.wu_replies(number, "It is <ordered>.")
    await worker_runs(superuser)
    return number


async def test_everybody_sees_their_own_letters_as_they_left(
    firm: Firm, site: Site, superuser: asyncpg.Connection, number: int
) -> None:
    lin, token = await site.browser("lin"), await superuser.fetchval(_TOKEN, firm.lin.person)
    listed, letter = await lin.get("/outbox/mine"), await lin.get(f"/outbox/mine/{token}")

    assert f"/outbox/mine/{token}" in listed.text
    assert f"[#{number}] a laptop" in letter.text
    assert 'sandbox=""' in letter.text
    assert "It is &amp;lt;ordered&amp;gt;." in letter.text  # in the frame
    assert "It is &lt;ordered&gt;." in letter.text  # as text


async def test_nobody_opens_anothers(firm: Firm, site: Site, superuser: asyncpg.Connection, number: int) -> None:
    token = await superuser.fetchval(_TOKEN, firm.lin.person)
    answers = [
        await (await site.browser(who)).get(f"/outbox/mine/{of}") for who in ("wu", "admin") for of in (token, "A" * 22)
    ]

    assert {answer.status_code for answer in answers} == {404}


async def test_who_handles_a_request_sees_whether_the_answer_arrived_and_not_who_watches(
    firm: Firm, site: Site, superuser: asyncpg.Connection, server: Server, number: int
) -> None:
    server.answers[LIN] = "550 5.1.1 gone"
    await firm.wu_replies(number, "And one more thing.")
    await worker_runs(superuser)
    wu, zhao = [(await (await site.browser(who)).get(f"/requests/{number}/letters")).text for who in ("wu", "zhao")]

    assert "没有送达：550 5.1.1" in wu
    assert "林晓雯" in wu
    assert "赵一鸣" not in wu.replace("赵一鸣的菜单", "")
    assert "林晓雯" not in zhao


async def test_an_address_comes_back_by_the_button_of_whose_it_is_or_of_an_administrator(
    firm: Firm, site: Site, superuser: asyncpg.Connection, server: Server, number: int
) -> None:
    for who, page in (("lin", "/outbox/settings"), ("admin", "/outbox")):
        server.answers[LIN] = "550 5.1.1 gone"
        await firm.wu_replies(number, "And one more thing.")
        await worker_runs(superuser)
        server.answers.clear()
        token = await superuser.fetchval("select token from suspensions where ended_at is null")
        stranger, visit = await site.browser("wu"), await site.browser(who)
        assert (await stranger.post(f"/outbox/addresses/{token}/return")).status_code == 404
        assert LIN in (await visit.get(page)).text

        assert (await visit.post(f"/outbox/addresses/{token}/return")).headers["location"] == page
        before = len(server.box(LIN))
        await firm.wu_replies(number, "Again.")
        await worker_runs(superuser)
        assert len(server.box(LIN)) == before + 1


async def test_how_often_letters_come_is_chosen_and_kept(firm: Firm, site: Site, superuser: asyncpg.Connection) -> None:
    lin = await site.browser("lin")
    await lin.get("/outbox/settings")
    chosen = {"asked": "now", "mine": "digest", "work": "none", "watched": "none", "report": "none"}
    assert (await lin.post("/outbox/settings", **chosen)).status_code == 303
    assert (await lin.post("/outbox/settings", **chosen | {"mine": "sometimes"})).status_code == 422

    rows = await superuser.fetch("select matter, pace from rhythms where person = $1", firm.lin.person)
    assert {row["matter"]: row["pace"] for row in rows} == chosen


async def test_administrators_see_figures_and_no_letter(firm: Firm, site: Site, number: int) -> None:
    page = await (await site.browser("admin")).get("/outbox")

    assert page.status_code == 200
    assert "a laptop" not in page.text
    assert (await (await site.browser("wu")).get("/outbox")).status_code == 403


async def test_without_a_mail_server_a_newcomer_is_told_where_letters_are(
    firm: Firm, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings.current().smtp_url is None

    assert "没有配置邮件服务器" in (await (await site.browser("admin")).get("/outbox")).text


async def test_ones_own_request_is_acknowledged_not_told_as_news(firm: Firm, site: Site, number: int) -> None:
    lin = await site.browser("lin")
    for path in ("/outbox/mine", f"/requests/{number}/letters"):
        page = (await lin.get(path)).text

        assert "收信确认" in page
        assert "林晓雯提出了请求" not in page
