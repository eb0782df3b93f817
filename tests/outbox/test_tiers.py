"""What letters carry by tier: words at 0 and 1, a link from 2 on, and at 2 the words too where the desk knows its own house."""

import asyncpg
import pytest

from desk import db, settings
from desk.sla.actions import policies
from desk.sla.rules.policies import Line
from desk.sla.rules.targets import SameDay
from desk.tickets import actions as tickets
from tests.firm import Firm
from tests.outbox.post import Server, every_word, text, worker_runs

LIN, HAN, WU = "lin@example.cn", "han@example.cn", "wu@example.cn"


async def test_a_letter_about_pay_says_number_and_link_and_nothing_else(
    firm: Firm, superuser: asyncpg.Connection, server: Server
) -> None:
    number = await firm.files(firm.lin, "zebra pay", service="payroll", body="zebra", channel="mail")
    await worker_runs(superuser)
    await firm.replies(firm.han, number, "zebra it is")
    await worker_runs(superuser)
    acknowledged, replied = server.box(LIN)

    for letter in (acknowledged, replied, *server.box(HAN)):
        assert "zebra" not in every_word(letter)
        assert not [name for name in ("人力资源部", "hr.") if name in every_word(letter)]
        assert f"/requests/{number}" in text(letter)
    assert "韩梅" not in every_word(replied)
    assert acknowledged["Subject"] == f"[#{number}] 已收到您的请求"
    why = "因为11月20日星期五15:00收到，早于截止点16:00，服务台当天答复"
    assert f"答应您的答复时间：11月20日星期五18:00前，{why}。" in text(acknowledged)
    assert "答应" not in text(replied)


async def test_the_reason_of_a_shut_promise_names_no_rule(
    firm: Firm, superuser: asyncpg.Connection, server: Server
) -> None:
    async with db.acting_as(firm.admin):
        await policies.add(Line(zh="zebra", en="zebra", department=firm.departments["operations"], reply=SameDay()))
    number = await firm.files(firm.lin, "a raise", service="payroll", channel="mail")
    await worker_runs(superuser)
    [acknowledged] = server.box(LIN)

    assert "因为11月20日星期五15:00收到，早于截止点16:00，服务台当天答复。" in text(acknowledged)
    assert "zebra" not in every_word(acknowledged)
    assert "zebra" in await firm.why(number, "first_reply")


async def test_a_shut_note_under_an_open_request_is_a_neutral_line_to_who_reads_it(
    firm: Firm, superuser: asyncpg.Connection, server: Server
) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.does(firm.zhou, tickets.take, number)
    await firm.wu_notes(number, "zebra", tier=3, reason="legal", sentence="zebra")
    await worker_runs(superuser)
    letter = server.box("zhou@example.cn")[-1]

    assert letter["Subject"] == f"[#{number}] 有新的进展"
    assert not [word for word in ("zebra", "吴桐", "a laptop") if word in every_word(letter)]


async def test_at_tier_2_words_leave_for_the_house_only_and_are_written_down(
    firm: Firm, superuser: asyncpg.Connection, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut = {"tier": 2, "reason": "negotiation"}
    number = await firm.lin_asks_for("a price", body="zebra", **shut)
    await worker_runs(superuser)
    assert "zebra" not in every_word(server.box(WU)[0])
    assert await superuser.fetchval("select count(*) from reads where channel = 'mail'") == 0

    monkeypatch.setenv("DESK_MAIL_INSIDE", "example.cn")
    settings.current.cache_clear()
    await firm.wu_replies(number, "zebra it is")
    await worker_runs(superuser)
    assert "zebra it is" in text(server.box(LIN)[-1])
    rows = await superuser.fetch("select person, item from reads where channel = 'mail'")
    assert {row["person"] for row in rows} == {firm.lin.person}
    assert len(rows) == 2  # the request's title, the reply


async def test_words_that_are_taken_away_are_taken_out_of_letters(
    firm: Firm, superuser: asyncpg.Connection, server: Server
) -> None:
    number = await firm.lin_asks_for("a laptop", channel="mail")
    written = await firm.wu_replies(number, "zebra")
    await worker_runs(superuser)
    await firm.does(firm.wu, tickets.ask_removal, number, written.token, "personal_data")
    token = await superuser.fetchval("select token from removals")
    await firm.does(firm.zhou, tickets.agree_to_removal, number, token)

    kept = await superuser.fetch(
        "select content is null as gone from sendings where subject = 'update:' || $1::bigint", written.id
    )
    assert [row["gone"] for row in kept] == [True]
    assert (
        await superuser.fetchval(
            "select count(*) from sendings where content is not null and person = $1", firm.lin.person
        )
        == 1
    )
