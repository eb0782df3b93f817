"""A mail server of the outside world over real sockets, and what came there, taken apart."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import asyncpg
import pytest
from aiosmtpd.controller import Controller

from desk import settings
from desk.journal import jobs
from desk.outbox import jobs as outbox
from desk.worker import REACTIONS


@dataclass
class Server:
    """`answers`: what is said to a recipient instead of yes. `boxes`: letters by recipient."""

    answers: dict[str, str] = field(default_factory=dict)
    taken: list[tuple[str, str, bytes]] = field(default_factory=list)  # sender, recipient, content
    said_of_content: str = "250 2.0.0 taken"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if refusal := self.answers.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 yes"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.said_of_content.startswith("250"):
            self.taken += [(envelope.mail_from, to, envelope.original_content) for to in envelope.rcpt_tos]
        return self.said_of_content

    def box(self, address: str) -> list[EmailMessage]:
        return [parsed(content) for _, to, content in self.taken if to == address]


@contextmanager
def standing(server: Server) -> Iterator[str]:
    """The address of its socket, as DESK_SMTP_URL names it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


@contextmanager
def listening(monkeypatch: pytest.MonkeyPatch, server: Server | None = None) -> Iterator[Server]:
    """What DESK_SMTP_URL leads to."""
    server = server or Server()
    with standing(server) as url:
        monkeypatch.setenv("DESK_SMTP_URL", url)
        settings.current.cache_clear()
        yield server


def parsed(content: bytes) -> EmailMessage:
    letter = message_from_bytes(content, policy=default)
    assert isinstance(letter, EmailMessage)
    return letter


def text(letter: EmailMessage, kind: str = "plain") -> str:
    part = letter.get_body((kind,))
    assert part is not None
    words: str = part.get_content()
    return words


def every_word(letter: EmailMessage) -> str:
    """All headers and all parts, decoded."""
    headers = "\n".join(f"{name}: {value}" for name, value in letter.items())
    return headers + "\n" + "\n".join(text(letter, kind) for kind in ("plain", "html"))


async def worker_runs(root: asyncpg.Connection) -> None:
    """What follows from the entries so far, and the post."""
    while rows := await root.fetch("select entry from errands where state = 'waiting' order by entry"):
        for row in rows:
            await jobs.react(row["entry"], 1, REACTIONS)
        assert not await root.fetchval("select array_agg(fault) from errands where fault is not null")
    await outbox.deliver()
