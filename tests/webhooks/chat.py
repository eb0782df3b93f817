"""A chat that somebody else runs: it keeps what it was sent and answers as the test says."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from desk import clock, db, settings
from desk.db import Reader
from desk.webhooks.actions import keeping
from desk.webhooks.actions.keeping import New
from desk.webhooks.rules.kinds import Kind
from tests.firm import Firm

OK = b'{"errcode":0}'


def answer(content: bytes = OK, status: str = "200 OK", *headers: str) -> bytes:
    head = "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", f"Content-Length: {len(content)}", *headers))
    return head.encode() + b"\r\n" + content


@dataclass
class Chat:
    port: int = 0
    answers: bytes = field(default_factory=answer)
    heard: list[tuple[str, bytes]] = field(default_factory=list)  # head, body
    hangs_on: bool = False  # after its answer, until the other side leaves
    talks: list[asyncio.Task[None] | None] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/robot/send?access_token=hook-token"

    def text(self) -> str:
        return "".join(head + body.decode() for head, body in self.heard)

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.talks.append(asyncio.current_task())
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(int(line[15:]) for line in head.split("\r\n") if line.lower().startswith("content-length:"))
        self.heard.append((head, await reader.readexactly(length)))
        writer.write(self.answers)
        await writer.drain()
        if self.hangs_on:
            await reader.read()
        writer.close()


@asynccontextmanager
async def chat(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Chat]:
    """Listed by the operator: it is on loopback and without TLS."""
    one = Chat()
    server = await asyncio.start_server(one, "127.0.0.1", 0)
    one.port = server.sockets[0].getsockname()[1]
    monkeypatch.setenv("DESK_WEBHOOK_HOSTS", f"127.0.0.1:{one.port}")
    settings.current.cache_clear()
    async with server:
        yield one
    await asyncio.gather(*filter(None, one.talks), return_exceptions=True)


async def added(firm: Firm, address: str, kind: Kind = Kind.DINGTALK, who: Reader | None = None, **more: str) -> int:
    new = New(
        department=firm.finance, name="Finance", kind=kind, address=address, secret=more.get("secret"),
        language=more.get("language", "en"),
    )  # fmt: skip
    async with db.acting_as(who or firm.qian):
        return await keeping.add(new, at=clock.now())
