"""A conversation with an IMAP server. Every verb waits aside, so that other mailboxes go on meanwhile."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from desk import __version__
from desk.mail.actions.aside import aside
from desk.mail.actions.tokens import Purse
from desk.mail.rules.limits import HEAD_BYTES
from desk.mail.rules.mailboxes import Mailbox

PROCESSED, FAILED = "Processed", "Failed"
CONNECT_SECONDS, READ_SECONDS = 10.0, 60.0
MOST_NAMED = 500  # UIDs in one command


logging.getLogger("imapclient").setLevel(logging.CRITICAL)  # it tells what is said


class NoEntry(Exception):
    """The server does not let us in."""


class NoFolder(Exception):
    """The folder is not there."""


class NotMoved(Exception):
    """The server keeps a letter where it is."""


class Session:
    def __init__(self, client: Any, mailbox: Mailbox, uidvalidity: int, prefix: str) -> None:
        self._client, self._mailbox, self._prefix = client, mailbox, prefix
        self.uidvalidity = uidvalidity
        self._made: set[str] = set()

    async def uids(self, after: int) -> list[int]:
        found = await aside(self._client.search, ["UID", f"{after + 1}:*"])
        return [uid for uid in found if uid > after]  # the last one is always found

    async def sizes(self, uids: Iterable[int]) -> dict[int, int]:
        """Of those that are still there."""
        asked = sorted(uids)
        found: dict[int, int] = {}
        for start in range(0, len(asked), MOST_NAMED):
            told = await aside(self._client.fetch, asked[start : start + MOST_NAMED], ["RFC822.SIZE"])
            found |= {uid: int(data[b"RFC822.SIZE"]) for uid, data in told.items() if b"RFC822.SIZE" in data}
        return found

    async def letters(self, uids: list[int]) -> dict[int, bytes]:
        return _contents(await aside(self._client.fetch, uids, ["BODY.PEEK[]"]), b"BODY[]")

    async def head(self, uid: int) -> bytes:
        told = await aside(self._client.fetch, [uid], [f"BODY.PEEK[]<0.{HEAD_BYTES}>"])
        return _contents(told, b"BODY[]<0>").get(uid, b"")

    async def move(self, uids: list[int], folder: str) -> None:
        """Whole or not at all where the server can MOVE; else a copy may be left over, never nothing. NotMoved."""
        place = self._prefix + folder
        try:
            if uids and place not in self._made:
                await aside(_make, self._client, place)
                self._made.add(place)
            for start in range(0, len(uids), MOST_NAMED):
                await aside(_move, self._client, uids[start : start + MOST_NAMED], place)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as fault:
            raise NotMoved from fault

    async def news(self, seconds: float) -> None:
        """Until the server says that something happened, or the time is over: then one looks all the same."""
        if self._client._imap.untagged_responses.pop("EXISTS", None):
            return  # it was told beside the answer to something else, and will not be told again
        if not self._client.has_capability("IDLE"):
            await asyncio.sleep(seconds)
            return
        if not await aside(_idle, self._client):
            await _readable(self._client.socket(), seconds)
        await aside(self._client.idle_done)


@asynccontextmanager
async def session(mailbox: Mailbox, purse: Purse) -> AsyncIterator[Session]:
    """Raises NoEntry, NoToken, NoFolder, OSError, or what the library makes of a strange server."""
    client = await aside(_connected, mailbox)
    try:
        await _enter(client, mailbox, purse)
        try:
            told = await aside(client.select_folder, mailbox.folder)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as fault:
            raise NoFolder from fault
        yield Session(client, mailbox, int(told[b"UIDVALIDITY"]), await aside(_prefix, client))
    finally:
        with suppress(Exception):
            client.shutdown()  # wakes whatever still waits aside


def _connected(mailbox: Mailbox) -> Any:
    timeout = SocketTimeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    client = IMAPClient(mailbox.host, port=mailbox.port, ssl=mailbox.tls, timeout=timeout)
    try:
        if not mailbox.tls and not mailbox.is_near:
            client.starttls()
    except BaseException:
        client.shutdown()
        raise
    return client


async def _enter(client: Any, mailbox: Mailbox, purse: Purse) -> None:
    token = await aside(purse.token, mailbox, mailbox.tokens) if mailbox.tokens else ""
    try:
        if mailbox.tokens:
            await aside(client.oauth2_login, mailbox.user, token)
        else:
            await aside(client.login, mailbox.user, mailbox.password)
    except IMAPClientAbortError:
        raise
    except IMAPClientError as fault:
        purse.until = 0.0
        raise NoEntry from fault
    if client.has_capability("ID"):  # NetEase shows its folders to nobody who has not said who it is
        await aside(client.id_, {"name": "Desk", "version": __version__, "vendor": "Desk"})


def _prefix(client: Any) -> str:
    """Where one's own folders begin: "INBOX." on some servers."""
    personal = client.namespace().personal if client.has_capability("NAMESPACE") else ()
    return str(personal[0][0]) if personal else ""


def _make(client: Any, folder: str) -> None:
    if client.folder_exists(folder):
        return
    try:
        client.create_folder(folder)
    except IMAPClientError:
        if not client.folder_exists(folder):  # else somebody else was quicker
            raise


def _move(client: Any, uids: list[int], folder: str) -> None:
    if client.has_capability("MOVE"):
        client.move(uids, folder)
        return
    client.copy(uids, folder)
    client.delete_messages(uids, silent=True)
    if client.has_capability("UIDPLUS"):
        client.uid_expunge(uids)
    else:
        client.expunge()


def _idle(client: Any) -> bool:
    """True when the server told something at once: that was read along with its go-ahead, and the socket is silent."""
    client.idle()
    line = client.socket()
    line.settimeout(0)
    try:
        return bool(client._imap.file.peek(1))
    except OSError:  # of TLS, when there is nothing
        return False
    finally:
        line.settimeout(READ_SECONDS)


def _contents(told: Mapping[int, Mapping[bytes, Any]], name: bytes) -> dict[int, bytes]:
    return {uid: data[name] for uid, data in told.items() if isinstance(data.get(name), bytes)}


async def _readable(line: Any, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    heard = asyncio.Event()
    loop.add_reader(line.fileno(), heard.set)
    try:
        with suppress(TimeoutError):
            await asyncio.wait_for(heard.wait(), seconds)
    finally:
        loop.remove_reader(line.fileno())
