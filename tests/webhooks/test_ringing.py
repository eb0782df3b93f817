"""A chat hears of what every employee may read, and of nothing else: not even that there is something."""

import asyncpg
import pytest

from desk import clock, db
from desk.webhooks.rules.kinds import Kind
from tests.firm import Firm
from tests.webhooks.chat import Chat, added
from tests.webhooks.conftest import Following

SECRET = "zebra-斑马"


async def calls(superuser: asyncpg.Connection) -> int:
    count: int = await superuser.fetchval("select count(*) from webhook_calls")
    return count


async def test_a_new_request_rings_at_its_department(firm: Firm, group: Chat, follow: Following) -> None:
    await added(firm, group.address)
    number = await firm.lin_asks_for("A taxi receipt", body=SECRET)
    await follow()

    ((head, body),) = group.heard
    assert head.startswith("POST /robot/send?access_token=hook-token HTTP/1.1")
    for part in (f"#{number} A taxi receipt", "Finance", "A new request", "Promised for: ", f"/requests/{number}"):
        assert part in body.decode()
    assert SECRET not in group.text()


async def test_it_is_told_in_the_language_of_the_chat(firm: Firm, group: Chat, follow: Following) -> None:
    await added(firm, group.address, language="zh-CN")
    await firm.lin_asks_for("出租车发票")
    await follow()

    assert "财务部" in group.text()
    assert "有新的请求" in group.text()


async def test_what_happens_twice_in_the_queue_rings_once(
    firm: Firm, group: Chat, follow: Following, superuser: asyncpg.Connection
) -> None:
    await added(firm, group.address)
    await firm.lin_asks_for("A taxi receipt")
    await follow()
    await superuser.execute("update errands set state = 'waiting', next_at = $1", firm.time.at)
    await follow()

    assert len(group.heard) == 1


async def test_another_department_hears_nothing(firm: Firm, group: Chat, follow: Following) -> None:
    await added(firm, group.address)
    number = await firm.lin_asks_for("A taxi receipt")
    await firm.wu_hands_over(number, firm.hr)
    await follow()

    assert "Handed over" not in group.text()
    assert SECRET not in group.text()


async def lives(firm: Firm, number: int) -> None:
    """Everything that rings, from the desk to the end."""
    await firm.wu_takes(number)
    await firm.lin_writes(number, SECRET)
    await firm.wu_replies(number, SECRET)
    await firm.time_passes_until("2026-12-18 15:00")
    await firm.wu_resolves(number, SECRET)
    await firm.lin_reopens(number, SECRET)
    await firm.lin_withdraws(number)


@pytest.mark.parametrize("tier", [1, 2, 3])
async def test_a_request_that_is_shut_rings_no_chat_in_any_byte(
    firm: Firm, group: Chat, follow: Following, superuser: asyncpg.Connection, tier: int
) -> None:
    for kind in Kind:
        await added(firm, f"{group.address}&kind={kind.value}", kind)
    shut = {"tier": tier, "reason": "legal", "sentence": "x"} if tier > 1 else {}
    await lives(firm, await firm.lin_asks_for(SECRET, **shut))
    await follow()

    assert bool(group.heard) is (tier == 1)
    assert (await calls(superuser) > 0) is (tier == 1)


async def test_a_reader_who_reads_too_much_is_stopped_by_the_database(
    firm: Firm, group: Chat, follow: Following, superuser: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seeded leak: calls rendered with somebody's rights."""
    await added(firm, group.address)
    monkeypatch.setattr(db, "HOUSE", firm.wu)
    number = await firm.lin_asks_for(SECRET, tier=3, reason="legal", sentence="x")
    await firm.wu_takes(number)
    await follow()

    assert group.heard == []
    assert await calls(superuser) == 0
    assert "CheckViolationError" in {row["fault"] for row in await superuser.fetch("select fault from errands")}


async def test_shut_words_under_an_open_request_ring_no_chat(
    firm: Firm, group: Chat, follow: Following, superuser: asyncpg.Connection
) -> None:
    await added(firm, group.address)
    number = await firm.lin_asks_for("A taxi receipt")
    await follow()
    await firm.lin_writes(number, SECRET, tier=2, reason="personal_data")
    await firm.wu_notes(number, SECRET, tier=3, reason="legal", sentence="x")
    await follow()

    assert len(group.heard) == 1
    await firm.lin_writes(number, SECRET)
    await follow()
    assert "A new message of the requester" in group.text()
    assert SECRET not in group.text()


async def test_what_is_shut_before_it_leaves_does_not_leave(
    firm: Firm, group: Chat, follow: Following, superuser: asyncpg.Connection
) -> None:
    group.answers = b"HTTP/1.1 503 Later\r\nContent-Length: 0\r\n\r\n"
    await added(firm, group.address)
    await firm.lin_asks_for("A taxi receipt")
    await follow()
    await superuser.execute("update tickets set tier = 3, audience = '{handlers:1}'")
    await superuser.execute("update entries set audience = '{handlers:1}' where ticket is not null")
    firm.time.move(hours=1)
    await follow()

    assert len(group.heard) == 1
    assert await superuser.fetchrow("select state, body from webhook_calls") == ("dropped", None)


async def test_words_that_were_taken_away_do_not_leave(
    firm: Firm, group: Chat, follow: Following, superuser: asyncpg.Connection
) -> None:
    group.answers = b"HTTP/1.1 503 Later\r\nContent-Length: 0\r\n\r\n"
    await added(firm, group.address)
    await firm.lin_asks_for("A taxi receipt")
    await follow()
    await superuser.execute(
        "update tickets set title = '', body = '', removed_at = $1, removed_for = 'legal'", firm.time.at
    )
    firm.time.move(hours=1)
    await follow()

    assert len(group.heard) == 1
    assert await superuser.fetchval("select state from webhook_calls") == "dropped"


async def test_the_due_is_that_of_the_request_and_none_where_nothing_is_owed(
    firm: Firm, group: Chat, follow: Following
) -> None:
    await firm.lin_asks_for("A taxi receipt")
    await follow()
    firm.clock_says("2026-11-23 10:00")
    await added(firm, group.address)
    await firm.lin_withdraws(await firm.lin_asks_for("Another"))
    await follow()
    first, second = (body.decode() for _, body in group.heard)

    assert "A new request" in first
    assert "Withdrawn" in second
    assert "Promised for" not in first + second
    await firm.lin_asks_for("A third")
    await follow()
    assert "Promised for: Monday 23 November, 18:00" in group.heard[-1][1].decode()


async def test_the_reader_of_chats_reads_what_every_employee_may_and_does_nothing(firm: Firm) -> None:
    await firm.lin_asks_for("A taxi receipt")
    await firm.files(firm.lin, SECRET, service="payroll")
    titles = await firm.rows(db.HOUSE, "select title from tickets")

    assert [row["title"] for row in titles] == ["A taxi receipt"]
    for deed in (
        "update tickets set state = 'open' returning id",
        "select webhook_target(1)",
        "select concerned(1, now())",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with db.acting_as(db.HOUSE):
                await db.fetch(deed)
    assert clock.now() == firm.time.at
