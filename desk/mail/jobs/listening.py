"""Letters handed over by SMTP (RFC 5321) or LMTP (RFC 2033), on one port: who greets with LHLO speaks LMTP.

250 is said after the commit. The database is down: 451, and the sender tries again. Too big: 552. Not for us: 550.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session, syntax

from desk import db
from desk.faults import places
from desk.i18n import Sentence
from desk.mail.actions.letters import Arrived
from desk.mail.jobs.keeping import keep
from desk.mail.rules.envelopes import clean, is_ours
from desk.mail.rules.limits import MOST_BYTES

MOST_RECIPIENTS = 100  # RFC 5321 4.5.3.1.8: no server takes fewer
MOST_AT_ONCE = 20  # conversations, each of which may hold a letter in memory
LONGEST_LINE = 1024 * 1024  # bytes; whoever writes longer lines than the RFC allows is heard all the same
PATIENCE = 300.0  # seconds of silence after which a conversation ends
AGAIN = 5.0  # seconds

_TAKEN = "250 2.0.0 Kept"
_LATER = "451 4.3.0 The letter could not be kept just now, try again later"
_FOREIGN = "550 5.7.1 This desk takes letters for its own domain only"
_TOO_MANY = "550 5.5.3 Too many recipients"
_BUSY = b"421 4.3.2 Too many conversations, try again later\r\n"

log = logging.getLogger(__name__)
logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # it tells whose letters come


class Door:
    """What is answered, and nothing else; the conversation is the library's."""

    def __init__(self, address: str) -> None:
        self._address = address

    async def handle_RCPT(
        self, server: "Conversation", session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not is_ours(address, self._address):
            return _FOREIGN
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return _TOO_MANY
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: "Conversation", session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        channel = "lmtp" if server.is_local else "smtp"
        sender, recipients = clean(envelope.mail_from or ""), [clean(one) for one in envelope.rcpt_tos]
        try:
            await keep(Arrived(channel, envelope.content, sender=sender, recipients=recipients))
        except db.Unavailable as outage:
            log.warning("a letter was sent back: %s", type(outage.__cause__ or outage).__name__)
            return _LATER
        return _TAKEN

    async def handle_exception(self, error: Exception) -> str:
        """Never the text of an exception: it may quote the letter."""
        log.error("a letter was sent back\n%s", places(error))
        return _LATER


class Conversation(SMTP):
    line_length_limit = LONGEST_LINE
    is_local = False  # LMTP
    _answers = 1  # lines that the next answer has

    def __init__(self, address: str, others: set["Conversation"]) -> None:
        super().__init__(
            Door(address), data_size_limit=MOST_BYTES, enable_SMTPUTF8=True, timeout=PATIENCE,
            hostname=address.rpartition("@")[2], ident="Desk", loop=asyncio.get_running_loop(),
        )  # fmt: skip
        self._others = others

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._others.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._others.discard(self)
        super().connection_lost(error)

    @syntax("LHLO hostname")
    async def smtp_LHLO(self, arg: str) -> None:
        self.is_local = True
        await self.smtp_EHLO(arg)

    async def push(self, status: Any) -> None:
        """After the data LMTP answers once for each recipient (RFC 2033 4.2), also when it refuses."""
        times, self._answers = self._answers, 1
        if self.is_local and self.envelope and str(status).startswith("354"):
            self._answers = len(self.envelope.rcpt_tos)
        for _ in range(times):
            await super().push(status)


class TooMany(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        transport.write(_BUSY)
        transport.close()


@asynccontextmanager
async def listening(host: str, port: int, address: str) -> AsyncIterator[asyncio.Server]:
    """As the desk of `address`. OSError when the port cannot be used."""
    open_now: set[Conversation] = set()

    def conversation() -> asyncio.Protocol:
        return Conversation(address, open_now) if len(open_now) < MOST_AT_ONCE else TooMany()

    server = await asyncio.get_running_loop().create_server(conversation, host, port)
    try:
        yield server
    finally:
        server.close()
        for one in tuple(open_now):
            if one.transport:
                one.transport.close()


async def listen(place: tuple[str, int], address: str) -> None:
    """For ever. A port that somebody else has is asked for again: the rest of the desk goes on meanwhile."""
    told = False
    while True:
        try:
            async with listening(*place, address) as server:
                log.info("letters are taken at %s:%d", *place)
                await server.serve_forever()
        except OSError as fault:
            if not told:
                log.error(
                    "%s", Sentence("mail.cannot_listen", host=place[0], port=place[1], why=fault.strerror).say("en")
                )
            told = True
        await asyncio.sleep(AGAIN)
