"""The postroom as a process of its own, beside web and worker."""

import asyncio
import os
import signal
import smtplib
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from tests.mail.letters import letter
from tests.mail.outage import away

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("desk")]


@asynccontextmanager
async def postroom(**settings: str) -> AsyncIterator[asyncio.subprocess.Process]:
    command = [sys.executable, "-m", "desk.cli", "postroom"]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, env={**os.environ, **settings}, stderr=pipe)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


async def said(process: asyncio.subprocess.Process, words: str) -> str:
    """The line of its log with these words, when it has come."""
    assert process.stderr
    async with asyncio.timeout(180):
        while line := (await process.stderr.readline()).decode():
            if words in line:
                return line
    raise AssertionError(f"it never said {words!r}")


def hand_over(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as line:
        line.sendmail("lin@corp.example", ["desk@desk.localhost"], letter())


async def test_it_takes_letters_and_ends_when_told(port: int, superuser: asyncpg.Connection) -> None:
    async with postroom(DESK_MAIL_LISTEN=f"127.0.0.1:{port}") as process:
        await said(process, "letters are taken")
        await asyncio.to_thread(hand_over, port)
        process.send_signal(signal.SIGTERM)

        assert await process.wait() == 0
    assert await superuser.fetchval("select count(*) from letters") == 1


async def test_a_port_that_is_taken_is_told_and_asked_for_again(port: int, superuser: asyncpg.Connection) -> None:
    with socket.create_server(("127.0.0.1", port)) as other:
        async with postroom(DESK_MAIL_LISTEN=f"127.0.0.1:{port}") as process:
            told = await said(process, "cannot be taken")
            other.close()
            await said(process, "letters are taken")
            await asyncio.to_thread(hand_over, port)

    assert f"Letters cannot be taken at port {port} of 127.0.0.1" in told
    assert await superuser.fetchval("select count(*) from letters") == 1


async def test_it_waits_for_the_database_and_takes_letters_then(port: int, superuser: asyncpg.Connection) -> None:
    out = away(superuser)
    await out.__aenter__()
    async with postroom(DESK_MAIL_LISTEN=f"127.0.0.1:{port}") as process:
        await said(process, "the database is away")
        await out.__aexit__(None, None, None)
        await said(process, "letters are taken")


def test_it_loads_neither_the_web_nor_what_letters_mean() -> None:
    """It must stay small: one more process of the desk on every machine."""
    asks = "import sys, desk.postroom; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True).stdout.split()

    assert {"litestar", "jinja2", "uvicorn", "holidays", "flufl", "tnefparse"} & set(loaded) == set()
