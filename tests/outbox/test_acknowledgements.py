"""Who writes by mail hears the number, the promise, and all that is missing, once; and finds the answer under their letter."""

import asyncpg

from desk import clock, db
from desk.outbox.rules import matters
from desk.tickets import actions as tickets
from desk.tickets.actions.files import File, Portion
from desk.tickets.queries.cases import case
from tests.firm import Firm
from tests.outbox.post import Server, text, worker_runs

LIN, WU = "lin@example.cn", "wu@example.cn"
_CAME = """
insert into letters (channel, sender, recipients, content, at, state, next_at, message_id, ticket, audience)
select 'smtp', 'lin@example.cn', '{}', '', '2026-11-20', 'done', '2026-11-20', 'qq.1@mail.example', id, '{}' from tickets
"""


async def test_what_is_missing_is_asked_for_once_and_all_together(
    firm: Firm, superuser: asyncpg.Connection, server: Server
) -> None:
    number = await firm.lin_asks_for("a train", channel="mail")
    for name, zh in (("receipt", "发票号码"), ("amount", "金额")):
        await superuser.execute(_FIELD, name, zh)
    await worker_runs(superuser)
    await firm.wu_replies(number)
    await worker_runs(superuser)
    acknowledged, replied = server.box(LIN)

    assert "1. 发票号码\r\n2. 金额" in text(acknowledged)
    assert "<li>发票号码</li>" in text(acknowledged, "html")
    assert "发票号码" not in text(replied)


_FIELD = """
insert into fields (service, position, name, kind, label_zh, label_en, hint_zh, hint_en, choices, required)
select id, 1, $1, 'text', $2, $1, '', '', '[]', true from services where code = 'expenses'
"""


async def test_an_answer_stands_under_the_letter_that_asked(
    firm: Firm, superuser: asyncpg.Connection, server: Server
) -> None:
    number = await firm.lin_asks_for("a train", channel="mail")
    await superuser.execute(_CAME)
    await worker_runs(superuser)
    await firm.wu_replies(number)
    await worker_runs(superuser)
    acknowledged, replied = server.box(LIN)

    assert acknowledged["In-Reply-To"] == "<qq.1@mail.example>"
    assert replied["References"].split() == ["<qq.1@mail.example>", acknowledged["Message-ID"]]
    assert [one["References"] for one in server.box(WU)] == [None]  # of their own chain, not of 林's


async def test_a_robot_that_writes_in_somebodys_name_is_not_acknowledged_for_ever(
    firm: Firm, superuser: asyncpg.Connection, server: Server
) -> None:
    for n in range(matters.CAP + 2):
        await firm.lin_asks_for(f"letter {n}", channel="mail")
    await worker_runs(superuser)

    assert len(server.box(LIN)) == matters.CAP


async def test_files_are_named_and_stay_on_the_page(firm: Firm, superuser: asyncpg.Connection, server: Server) -> None:
    number = await firm.lin_asks_for("a train", channel="mail")
    written = await firm.wu_replies(number, "See the form.")
    files = [File("form.txt", b"a"), File("zebra.txt", b"b")]
    async with db.acting_as(firm.wu):
        to = Portion(label=written.label, audience=written.audience, update=written.id)
        await tickets.attach((await case(number, at=clock.now())).id, files, to, at=clock.now())
    await superuser.execute("update attachments set tier = 3 where name = 'zebra.txt'")
    await worker_runs(superuser)

    assert "附件：form.txt。" in text(server.box(LIN)[-1])
