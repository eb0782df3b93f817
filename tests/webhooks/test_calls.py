"""Calls are sent once, tried again later and later, given up in the end, and go nowhere but where they were typed to."""

import asyncio
import json
import logging
import socket
import ssl
from typing import Any

import asyncpg
import pytest

from desk import clock, db, settings
from desk.db import Reader
from desk.webhooks.actions import calls, keeping, post
from desk.webhooks.actions.post import NotSent
from desk.webhooks.jobs import send
from desk.webhooks.rules.kinds import Kind, Outgoing
from desk.webhooks.rules.tries import TRIES
from tests.firm import Firm
from tests.webhooks.chat import OK, Chat, added, answer
from tests.webhooks.conftest import Following

STATES = "select state, tries, fault, body is null as empty from webhook_calls order by entry"


async def fail(code: str, address: str) -> None:
    with pytest.raises(NotSent) as failed:
        await post.post(Outgoing(address, b"{}"))
    assert failed.value.code == code


async def test_a_call_that_is_taken_keeps_no_words(
    firm: Firm, group: Chat, follow: Following, superuser: asyncpg.Connection
) -> None:
    await added(firm, group.address)
    await firm.lin_asks_for("A taxi receipt")
    await follow()
    await follow()

    assert len(group.heard) == 1
    assert await superuser.fetchrow(STATES) == ("sent", 1, None, True)


async def test_a_call_that_fails_is_tried_again_word_for_word_and_given_up_in_the_end(
    firm: Firm, group: Chat, follow: Following, superuser: asyncpg.Connection
) -> None:
    group.answers = answer(b'{"errcode":310000}')
    await added(firm, group.address)
    await firm.lin_asks_for("A taxi receipt")
    for _ in range(TRIES + 3):
        await follow()
        firm.time.move(hours=1)

    assert await superuser.fetchrow(STATES) == ("dead", TRIES, "code_310000", True)
    assert len(group.heard) == TRIES
    assert len({body for _, body in group.heard}) == 1


async def test_a_call_that_failed_waits_before_it_is_tried_again(firm: Firm, group: Chat, follow: Following) -> None:
    group.answers = answer(b"", "503 Later")
    await added(firm, group.address)
    await firm.lin_asks_for("A taxi receipt")
    await follow()
    firm.time.move(seconds=10)
    await follow()

    assert len(group.heard) == 1
    group.answers = answer()
    firm.time.move(seconds=10)
    await follow()
    assert len(group.heard) == 2


async def test_behind_one_that_failed_the_others_wait(
    firm: Firm, group: Chat, follow: Following, superuser: asyncpg.Connection
) -> None:
    group.answers = answer(b"", "503 Later")
    await added(firm, group.address)
    for title in ("One", "Two", "Three"):
        await firm.lin_asks_for(title)
    await follow()

    assert len(group.heard) == 1
    assert [row["tries"] for row in await superuser.fetch(STATES)] == [1, 0, 0]


async def test_two_workers_do_not_send_the_same(firm: Firm, group: Chat, follow: Following) -> None:
    group.answers = answer(b"", "503 Later")
    await added(firm, group.address)
    await firm.lin_asks_for("A taxi receipt")
    await follow()
    firm.time.move(hours=1)

    assert sorted(await asyncio.gather(send(), send())) == [0, 1]
    assert len(group.heard) == 2


async def test_a_worker_that_died_leaves_its_call_to_the_next(firm: Firm, group: Chat, follow: Following) -> None:
    group.answers = answer(b"", "503 Later")
    await added(firm, group.address)
    await firm.lin_asks_for("A taxi receipt")
    await follow()
    firm.time.move(hours=1)
    async with db.acting_as(db.NOBODY):
        assert len(await calls.claim(at=clock.now())) == 1

    await follow()
    assert len(group.heard) == 1
    firm.time.move(minutes=2)
    await follow()
    assert len(group.heard) == 2


async def test_what_ended_is_called_no_more(
    firm: Firm, group: Chat, follow: Following, superuser: asyncpg.Connection
) -> None:
    group.answers = answer(b"", "503 Later")
    webhook = await added(firm, group.address)
    await firm.lin_asks_for("A taxi receipt")
    await follow()
    async with db.acting_as(firm.qian):
        await keeping.end(webhook, at=clock.now())
    firm.time.move(hours=1)
    await follow()

    assert len(group.heard) == 1
    assert (await superuser.fetchrow(STATES))["state"] == "dropped"


async def test_a_trial_is_signed_and_says_that_it_is_one(firm: Firm, group: Chat, follow: Following) -> None:
    webhook = await added(firm, group.address, secret="SEC-of-the-group")
    async with db.acting_as(firm.qian):
        await keeping.try_out(webhook, at=clock.now())
    await follow()

    ((head, body),) = group.heard
    assert "&timestamp=" in head
    assert "&sign=" in head
    assert "Test message" in json.loads(body)["text"]["content"]
    assert "SEC-of-the-group" not in group.text()


async def test_nothing_secret_is_logged(
    firm: Firm, group: Chat, follow: Following, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    group.answers = answer(b"hook-token", "500 Broken")
    await added(firm, group.address, secret="SEC-of-the-group")
    await firm.lin_asks_for("A taxi receipt")
    await follow()

    assert len(group.heard) == 1
    for secret in ("hook-token", "SEC-of-the-group", "taxi"):
        assert secret not in caplog.text


async def test_no_person_and_no_page_reads_a_secret_again(firm: Firm, group: Chat) -> None:
    await added(firm, group.address, secret="SEC-of-the-group")
    for who in (firm.admin, firm.qian, db.HOUSE, db.NOBODY):
        for asked in ("select address from webhooks", "select secret from webhooks", "select * from webhooks"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await firm.rows(who, asked)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await firm.rows(firm.admin, "select * from webhook_target(1)")
    assert await firm.rows(firm.admin, "select body from webhook_calls") == []


async def test_a_redirection_is_not_followed(firm: Firm, group: Chat, follow: Following, superuser: Any) -> None:
    group.answers = answer(OK, "302 Found", f"Location: {group.address}&again=1")
    await added(firm, group.address)
    await firm.lin_asks_for("A taxi receipt")
    await follow()

    assert len(group.heard) == 1
    assert (await superuser.fetchrow(STATES))["fault"] == "redirected"


async def test_a_name_that_leads_into_a_private_network_is_not_called(
    firm: Firm, group: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where only one of its addresses does, and whatever it led to when it was typed."""
    public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 443))
    private = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", group.port))

    async def names(*_: object, **__: object) -> list[Any]:
        return [public, private]

    monkeypatch.setattr(post, "_addresses_of", names)
    await fail("private", "https://chat.example/hook")
    assert group.heard == []


async def test_a_name_that_no_resolver_takes_is_a_fault(firm: Firm) -> None:
    await fail("unreachable", "https://" + "x" * 64 + ".example/")


async def test_where_one_address_is_deaf_the_next_is_called(
    firm: Firm, group: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def of(port: int, address: str) -> Any:
        return (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))

    async def names(*_: object, **__: object) -> list[Any]:
        return [of(group.port, "127.0.0.9"), of(group.port, "127.0.0.1")]

    monkeypatch.setattr(post, "_addresses_of", names)
    assert (await post.post(Outgoing(group.address, b"{}")))[0] == 200


async def test_an_address_that_is_not_listed_any_more_is_not_called(
    firm: Firm, group: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DESK_WEBHOOK_HOSTS")
    settings.current.cache_clear()
    await fail("address", group.address)
    assert group.heard == []


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (b"", "unreachable"),
        (b"no http at all\r\n\r\n", "unreachable"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000, "unreachable"),
        (answer(b"x" * 200_000), "answer"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"fff0\r\n" + b"x" * 0xFFF0 + b"\r\n" * 9,
            "unreachable",
        ),
    ],
    ids=["nothing", "noise", "endless head", "long body", "broken body"],
)
async def test_an_answer_that_is_none_is_a_fault(firm: Firm, group: Chat, answers: bytes, code: str) -> None:
    group.answers = answers
    await fail(code, group.address)


async def test_who_does_not_answer_is_not_waited_for(firm: Firm, group: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "SECONDS", 0.05)
    group.answers, group.hangs_on = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345", True
    await fail("timeout", group.address)


def test_a_certificate_must_be_the_hosts_own() -> None:
    context = post._context()

    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED


async def test_a_kind_that_signs_nothing_takes_no_secret_and_a_stranger_keeps_nothing(firm: Firm, group: Chat) -> None:
    with pytest.raises(Exception, match="signs nothing"):
        await added(firm, group.address, Kind.SLACK, secret="x")
    for who in (firm.lin, firm.wu, firm.han, firm.guest):
        with pytest.raises(Exception, match="kept by administrators"):
            await added(firm, group.address, who=who)
    assert isinstance(await added(firm, group.address, who=Reader(firm.admin.person)), int)
