"""A mailbox behind TLS: its certificate must be one that this machine trusts."""

import asyncio
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace

import asyncpg
import pytest

from desk.mail.jobs.fetching import fetch
from desk.mail.rules.mailboxes import Mailbox
from tests.mail.dovecot import Dovecot
from tests.mail.test_fetching import emptied, eventually, numbered, rows

pytestmark = pytest.mark.usefixtures("desk")
_SHUT = """
ssl = required
ssl_cert = <{folder}/certificate
ssl_key = <{folder}/key
service imap-login {{
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"""


class Shut(Dovecot):
    """Its other port stays open to loopback, for looking in."""

    def __init__(self) -> None:
        super().__init__()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.tls_port = free.getsockname()[1]
        words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
        places = [
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-keyout",
            self.folder / "key",
            "-out",
            self.folder / "certificate",
        ]
        subprocess.run([*words, *places], check=True, capture_output=True)
        with self.configuration.open("a") as file:
            file.write(_SHUT.format(folder=self.folder, port=self.tls_port))

    def over_tls(self, mailbox: Mailbox) -> Mailbox:
        return replace(mailbox, port=self.tls_port, tls=True)


@pytest.fixture
def shut() -> Iterator[Shut]:
    with Shut() as server:
        yield server


async def test_letters_come_and_are_told_of_over_tls(
    shut: Shut, superuser: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(shut.folder / "certificate"))
    inbox = shut.box()
    task = asyncio.create_task(fetch(shut.over_tls(inbox.mailbox), poll=600))
    for number in range(8):
        inbox.put(*numbered(number))
    await emptied(inbox)
    inbox.put(*numbered(8))
    await emptied(inbox)
    task.cancel()

    assert await rows(superuser) == numbered(*range(9))


async def test_a_certificate_that_nobody_vouches_for_is_refused(shut: Shut, superuser: asyncpg.Connection) -> None:
    inbox = shut.box()
    inbox.put(*numbered(1))
    task = asyncio.create_task(fetch(shut.over_tls(inbox.mailbox)))
    await eventually(lambda: superuser.fetchval("select fault = 'unreachable' from channels"))
    task.cancel()

    assert await rows(superuser) == []
