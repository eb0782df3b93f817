"""Handing over: every answer of a server, a worker that is killed, an address that takes nothing any more."""

import asyncio

import asyncpg
import pytest

from desk import clock, db, settings
from desk.journal import actions as journal
from desk.journal.rules import Tag
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


async def reports(root: asyncpg.Connection, firm: Firm, of: str, *, permanent: bool) -> None:
    """What intake writes."""
    row = await root.fetchrow("select id as sending, entry from sendings where person = $1", firm.lin.person)
    what = row[of]
    facts = {of: what, "person": firm.lin.person, "permanent": permanent}
    async with db.acting_as(db.NOBODY):
        own = [f"person:{firm.lin.person}"]
        await journal.write(Tag.LETTER_BOUNCED, f"{of}:{what}", at=clock.now(), audience=own, **facts)
    await worker_runs(root)


@pytest.mark.parametrize("of", ["sending", "entry"])
async def test_a_report_marks_the_letter_once(
    firm: Firm, superuser: asyncpg.Connection, server: Server, number: int, of: str
) -> None:
    for _ in range(2):
        await reports(superuser, firm, of, permanent=True)

    assert await states(superuser, firm) == ["bounced"]
    assert await superuser.fetchval("select count(*) from entries where tag = 'letter_undelivered'") == 1
    assert await superuser.fetchval("select fault from suspensions") == "report"


async def test_what_is_only_late_has_not_failed(
    firm: Firm, superuser: asyncpg.Connection, server: Server, number: int
) -> None:
    await reports(superuser, firm, "sending", permanent=False)

    assert await states(superuser, firm) == ["sent"]


async def test_two_workers_share_the_letters(firm: Firm, superuser: asyncpg.Connection, server: Server) -> None:
    for n in range(30):
        await firm.lin_asks_for(f"letter {n}", channel="mail")
    await worker_runs_without_post(superuser)
    tried = await asyncio.gather(outbox.deliver(), outbox.deliver())

    letters = [parsed(content)["Message-ID"] for _, to, content in server.taken]
    assert sum(tried) == len(letters) == len(set(letters))
    assert set(await states(superuser, firm)) == {"sent"}


async def test_a_server_that_is_away_is_not_asked_for_each_letter(
    firm: Firm, superuser: asyncpg.Connection, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_SMTP_URL", "smtp://127.0.0.1:9")
    settings.current.cache_clear()
    for n in range(3):
        await firm.lin_asks_for(f"letter {n}", channel="mail")
    await worker_runs(superuser)

    assert set(await states(superuser, firm)) == {"deferred"}
    assert {row["fault"] for row in await superuser.fetch("select fault from sendings where tries > 0")} == {
        "unreachable"
    }


async def test_who_cannot_be_reached_for_five_days_is_given_up_and_keeps_the_address(
    firm: Firm, superuser: asyncpg.Connection, server: Server
) -> None:
    server.answers[LIN] = "451 4.2.2 full"
    await firm.lin_asks_for("a laptop", channel="mail")
    await worker_runs(superuser)
    firm.time.move(days=5)
    await outbox.deliver()

    assert await states(superuser, firm) == ["bounced"]
    assert await superuser.fetchval("select count(*) from suspensions") == 0


async def test_what_may_not_be_read_any_more_is_not_handed_over(
    firm: Firm, superuser: asyncpg.Connection, server: Server
) -> None:
    number = await firm.files(firm.lin, "my pay", service="payroll", channel="mail")
    await worker_runs_without_post(superuser)
    await superuser.execute("update memberships set level = 2 where person = $1", firm.han.person)
    await outbox.deliver()

    assert number
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
