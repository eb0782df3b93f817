"""Letters are handed over by real SMTP and LMTP; 250 means that the letter is in the database."""

import asyncio
import logging
import smtplib
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from desk.mail.jobs.listening import MOST_AT_ONCE, MOST_RECIPIENTS, listening
from desk.mail.rules.limits import MOST_BYTES
from tests.mail.letters import letter
from tests.mail.outage import away

OWN, SENDER = "desk@corp.example", "lin@corp.example"
_ROWS = "select channel, sender, recipients, content from letters order by id"


@pytest.fixture
async def port(desk: None) -> AsyncIterator[int]:
    async with listening("127.0.0.1", 0, OWN) as server:
        yield server.sockets[0].getsockname()[1]


async def hand_over(port: int, raw: bytes, *to: str, by: type[smtplib.SMTP] = smtplib.SMTP) -> dict[str, Any]:
    """Refused recipients, as smtplib tells them; its exception when nobody is left."""

    def talk() -> dict[str, Any]:
        with by("127.0.0.1", port) as line:
            return line.sendmail(SENDER, to or [OWN], raw)

    return await asyncio.to_thread(talk)


async def kept(superuser: asyncpg.Connection) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await superuser.fetch(_ROWS)]


async def test_a_letter_is_kept_with_its_envelope_byte_for_byte(port: int, superuser: asyncpg.Connection) -> None:
    raw = letter("打印机坏了。\n.\n..dots") + b"\r\n" + b"x" * 5000 + b"\r\n"
    await hand_over(port, raw, OWN, "finance@CORP.example")

    assert await kept(superuser) == [("smtp", SENDER, [OWN, "finance@CORP.example"], raw)]


async def test_two_hundred_letters_are_two_hundred_rows(port: int, superuser: asyncpg.Connection) -> None:
    for start in range(0, 200, 10):
        await asyncio.gather(*(hand_over(port, letter(f"number {n}")) for n in range(start, start + 10)))

    assert len({row[3] for row in await kept(superuser)}) == 200
    assert len(await kept(superuser)) == 200


async def test_what_is_for_others_is_not_relayed(port: int, superuser: asyncpg.Connection) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        await hand_over(port, letter(), "somebody@elsewhere.example", f"{OWN}.evil.example")
    partly = await hand_over(port, letter(), OWN, "somebody@elsewhere.example")

    assert {code for code, _ in refused.value.recipients.values()} == {550}
    assert list(partly) == ["somebody@elsewhere.example"]
    assert [row[2] for row in await kept(superuser)] == [[OWN]]


async def test_too_many_recipients_are_refused_one_by_one(port: int, superuser: asyncpg.Connection) -> None:
    refused = await hand_over(port, letter(), *(f"d{n}@corp.example" for n in range(MOST_RECIPIENTS + 2)))

    assert [code for code, _ in refused.values()] == [550, 550]
    assert len((await kept(superuser))[0][2]) == MOST_RECIPIENTS


async def test_too_big_is_said_at_once_or_at_the_end(port: int, superuser: asyncpg.Connection) -> None:
    with pytest.raises(smtplib.SMTPSenderRefused) as announced:
        await hand_over(port, b"x" * (MOST_BYTES + 1))
    with pytest.raises(smtplib.SMTPDataError) as sent:
        await hand_over(port, b"x\r\n" * (MOST_BYTES // 3 + 1), by=Modest)

    assert (announced.value.smtp_code, sent.value.smtp_code) == (552, 552)
    assert await kept(superuser) == []


class Modest(smtplib.SMTP):
    """Does not say beforehand how much is coming."""

    def has_extn(self, opt: str) -> bool:
        return opt != "size" and super().has_extn(opt)


async def test_the_null_path_and_strange_bytes_in_an_address_are_kept(port: int, superuser: asyncpg.Connection) -> None:
    def talk() -> int:
        with smtplib.SMTP("127.0.0.1", port) as line:
            line.helo("corp.example")
            line.docmd("MAIL FROM:<>")
            line.command_encoding = "latin-1"
            line.docmd("RCPT TO:<bür\0o@corp.example>")
            return line.data(letter())[0]

    assert await asyncio.to_thread(talk) == 250
    assert [row[1:3] for row in await kept(superuser)] == [("", ["b?ro@corp.example"])]


async def test_who_writes_to_whom_is_not_in_the_log(port: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await hand_over(port, letter(), OWN)

    assert OWN not in caplog.text
    assert "MAIL FROM" not in caplog.text


async def test_lmtp_answers_once_for_each_recipient(port: int, superuser: asyncpg.Connection) -> None:
    said = await conversation(port, "LHLO x", "MAIL FROM:<>", f"RCPT TO:<{OWN}>", "RCPT TO:<it@corp.example>", "DATA")
    done = await conversation(
        port,
        "LHLO x",
        "MAIL FROM:<>",
        f"RCPT TO:<{OWN}>",
        "RCPT TO:<it@corp.example>",
        "DATA",
        "Subject: x\r\n\r\n.",
        "QUIT",
    )

    assert done.count("250 2.0.0 Kept") == 2
    assert said.count("354") == 1
    assert [row[0] for row in await kept(superuser)] == ["lmtp"]


async def test_lmtp_refuses_once_for_each_recipient(port: int, superuser: asyncpg.Connection) -> None:
    much = "x\r\n" * (MOST_BYTES // 3 + 1)
    said = await conversation(
        port, "LHLO x", "MAIL FROM:<>", f"RCPT TO:<{OWN}>", f"RCPT TO:<{OWN}>", "DATA", much + ".", "QUIT"
    )

    assert said.count("552 ") == 2
    assert await kept(superuser) == []


async def conversation(port: int, *lines: str) -> str:
    """All that was answered, each line said after the answer to the last one."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    said = await reader.readline()
    for line in lines:
        writer.write(line.encode() + b"\r\n")
        await writer.drain()
        said += await answer(reader)
    writer.close()
    return (said + await reader.read()).decode()


async def answer(reader: asyncio.StreamReader) -> bytes:
    said = b""
    while True:
        line = await reader.readline()
        said += line
        if line[3:4] != b"-":
            return said


async def test_a_sender_is_asked_to_come_again_while_the_database_is_away(
    port: int, superuser: asyncpg.Connection
) -> None:
    async with away(superuser):
        with pytest.raises(smtplib.SMTPDataError) as refused:
            await hand_over(port, letter("once"))
    await hand_over(port, letter("once"))

    assert refused.value.smtp_code == 451
    assert [row[3] for row in await kept(superuser)] == [letter("once") + b"\r\n"]


async def test_one_caller_too_many_is_asked_to_come_again(port: int) -> None:
    lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(MOST_AT_ONCE)]
    for reader, _ in lines:
        await reader.readline()
    extra, writer = await asyncio.open_connection("127.0.0.1", port)

    assert (await extra.read()).startswith(b"421 ")
    for _, open_line in (*lines, (extra, writer)):
        open_line.close()
