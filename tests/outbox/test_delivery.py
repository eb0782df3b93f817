"""Handing over: every answer of a server, a worker that is killed, an address that takes nothing any more."""

import asyncpg
import pytest

from desk import clock, db, settings
from desk.mail.rules.signed import Mark
from desk.outbox import jobs as outbox
from desk.outbox.actions import delivery
from desk.outbox.actions.composing import signer
from tests.firm import Firm
from tests.outbox.post import Server, parsed, worker_runs

LIN = "lin@example.cn"
_STATES = "select state from sendings where person = $1 order by id"


async def states(root: asyncpg.Connection, firm: Firm) -> list[str]:
    return [row["state"] for row in await root.fetch(_STATES, firm.lin.person)]


@pytest.fixture
async def number(firm: Firm, superuser: asyncpg.Connection, server: Server) -> int:
    """Written by mail and acknowledged."""
    number = await firm.lin_asks_for("a laptop", channel="mail")
    await worker_runs(superuser)
    return number


async def test_an_envelope_says_whose_letter_comes_back(
    firm: Firm, superuser: asyncpg.Connection, server: Server, number: int
) -> None:
    sender, to, content = next(one for one in server.taken if one[1] == LIN)
    row = await superuser.fetchrow("select id, entry, content from sendings where person = $1", firm.lin.person)

    assert (to, content) == (LIN, row["content"])
    assert signer().read_bounce_address(sender) == Mark(row["id"], firm.lin.person or 0)
    assert signer().read_message_id(parsed(content)["Message-ID"]) == Mark(row["entry"], firm.lin.person or 0)
    assert signer().read_reply_address(parsed(content)["Reply-To"]) == Mark(number, firm.lin.person or 0)


async def test_a_reaction_that_runs_again_writes_no_second_letter(
    firm: Firm, superuser: asyncpg.Connection, server: Server, number: int
) -> None:
    await superuser.execute("update errands set state = 'waiting'")
    await worker_runs(superuser)

    assert len(server.box(LIN)) == 1
    assert await states(superuser, firm) == ["sent"]


async def test_whoever_is_killed_before_the_mark_leaves_the_same_letter_to_the_next(
    firm: Firm, superuser: asyncpg.Connection, server: Server, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    await firm.wu_replies(number)
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "settle", killed)
        with pytest.raises(KeyboardInterrupt):
            await worker_runs(superuser)
    assert await outbox.deliver() == 0  # another holds it
    firm.time.move(minutes=3)
    await outbox.deliver()

    twice = [content for _, to, content in server.taken if to == LIN][1:]
    assert len(twice) == 2
    assert twice[0] == twice[1]


async def test_not_now_is_tried_again_later(
    firm: Firm, superuser: asyncpg.Connection, server: Server, number: int
) -> None:
    server.answers[LIN] = "451 4.7.1 come back later"
    await firm.wu_replies(number)
    await worker_runs(superuser)
    assert (await states(superuser, firm))[-1] == "deferred"

    server.answers.clear()
    assert await outbox.deliver() == 0
    firm.time.move(minutes=2)
    await outbox.deliver()
    assert (await states(superuser, firm))[-1] == "sent"


async def test_an_address_that_refuses_gets_no_more_and_the_handler_hears_of_it(
    firm: Firm, superuser: asyncpg.Connection, server: Server, number: int
) -> None:
    server.answers[LIN] = "550 5.1.1 no such user"
    await firm.wu_replies(number)
    await worker_runs(superuser)
    await firm.wu_replies(number, "And one more thing.")
    await worker_runs(superuser)

    assert (await states(superuser, firm))[-2:] == ["bounced", "skipped"]
    told = await firm.rows(firm.wu, "select from notices where tag = 'letter_undelivered'")
    assert len(told) == 1
    assert await superuser.fetchval("select fault from suspensions where ended_at is null") == "550 5.1.1"


async def test_a_refused_letter_alone_suspends_no_address(
    firm: Firm, superuser: asyncpg.Connection, server: Server, number: int
) -> None:
    server.said_of_content = "554 5.7.1 looks like spam"
    await firm.wu_replies(number)
    await worker_runs(superuser)

    assert (await states(superuser, firm))[-1] == "bounced"
    assert await superuser.fetchval("select count(*) from suspensions") == 0


async def test_a_report_marks_the_letter_once(
    firm: Firm, superuser: asyncpg.Connection, server: Server, number: int
) -> None:
    sending = await superuser.fetchval("select id from sendings where person = $1", firm.lin.person)
    for _ in range(2):
        async with db.acting_as(db.NOBODY):
            await delivery.bounce(sending, permanent=True, fault="report", at=clock.now())
        await worker_runs(superuser)

    assert await states(superuser, firm) == ["bounced"]
    assert await superuser.fetchval("select count(*) from entries where tag = 'letter_undelivered'") == 1
    assert await superuser.fetchval("select count(*) from suspensions") == 1


async def test_what_may_not_be_read_any_more_is_not_handed_over(
    firm: Firm, superuser: asyncpg.Connection, server: Server
) -> None:
    monkey = await firm.files(firm.lin, "my pay", service="payroll", channel="mail")
    await superuser.execute("update sendings set next_at = next_at")
    await worker_runs_without_post(superuser)
    await superuser.execute("update memberships set level = 2 where person = $1", firm.han.person)
    await outbox.deliver()

    assert monkey
    assert server.box("han@example.cn") == []
    assert await superuser.fetchval("select fault from sendings where person = $1", firm.han.person) == "shut"


async def worker_runs_without_post(root: asyncpg.Connection) -> None:
    patch = pytest.MonkeyPatch()
    patch.delenv("DESK_SMTP_URL")
    settings.current.cache_clear()
    await worker_runs(root)
    patch.undo()
    settings.current.cache_clear()


async def test_without_a_server_letters_stay(firm: Firm, superuser: asyncpg.Connection, server: Server) -> None:
    await firm.lin_asks_for("a laptop", channel="mail")
    await worker_runs_without_post(superuser)

    assert await states(superuser, firm) == ["queued"]
    assert server.taken == []
