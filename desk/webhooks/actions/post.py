"""One POST to somebody else's server: to an address that everybody may reach, once, within five seconds, no further."""

import asyncio
import socket
import ssl
from collections.abc import Collection, Sequence
from contextlib import suppress
from functools import cache
from typing import Any

import h11

from desk import settings
from desk.i18n import Refused
from desk.webhooks.rules import places
from desk.webhooks.rules.kinds import Outgoing
from desk.webhooks.rules.places import Place

SECONDS = 5.0  # for all of it: name, connection, answer
MOST_BYTES = 64 * 1024  # of the answer
MOST_ADDRESSES = 4
AGENT = "desk-webhook"


class NotSent(Exception):
    """`code` says what went wrong, for the page and the queue; nothing of what the other side said."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


async def post(out: Outgoing) -> tuple[int, bytes]:
    """Status and the beginning of the answer. Raises NotSent."""
    listed = settings.current().webhook_hosts
    try:
        place = places.place(out.address, listed)
    except Refused:
        raise NotSent("address") from None
    try:
        async with asyncio.timeout(SECONDS):
            return await _post(place, out, listed)
    except TimeoutError:
        raise NotSent("timeout") from None
    except ssl.SSLError:
        raise NotSent("certificate") from None
    except (OSError, ValueError, h11.ProtocolError):  # ValueError: a name that no resolver takes
        raise NotSent("unreachable") from None


async def _post(place: Place, out: Outgoing, listed: Collection[str]) -> tuple[int, bytes]:
    reader, writer = await _connected(place, await _addresses(place, listed))
    try:
        talk = h11.Connection(h11.CLIENT, max_incomplete_event_size=MOST_BYTES)
        writer.write(_request(talk, place, out))
        await writer.drain()
        return await _answer(talk, reader)
    finally:
        writer.transport.abort()  # nothing is left to say, and nobody's goodbye is waited for


async def _connected(place: Place, addresses: Sequence[str]) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """To the first that takes the call: not every house has a way to IPv6."""
    for address in addresses[:-1]:
        with suppress(OSError):
            return await _connect(place, address)
    return await _connect(place, addresses[-1])


async def _connect(place: Place, address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection(
        address,
        place.port,
        ssl=_context() if place.tls else None,
        server_hostname=place.host if place.tls else None,
        limit=MOST_BYTES,
    )


async def _addresses(place: Place, listed: Collection[str]) -> list[str]:
    """Asked for once, and connected to as it was answered: a name that leads elsewhere a moment later leads nowhere."""
    found = await _addresses_of(place)
    addresses = [str(entry[4][0]) for entry in found]
    if place.named not in listed and not all(places.is_public(address) for address in addresses):
        raise NotSent("private")
    return addresses[:MOST_ADDRESSES]


async def _addresses_of(place: Place) -> list[Any]:
    return list(await asyncio.get_running_loop().getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM))


def _request(talk: h11.Connection, place: Place, out: Outgoing) -> bytes:
    headers = {
        "Host": place.host if place.port == 443 and place.tls else place.named,
        "User-Agent": AGENT,
        "Content-Type": "application/json; charset=utf-8",
        "Content-Length": str(len(out.content)),
        "Connection": "close",
        **out.headers,
    }
    head = talk.send(h11.Request(method="POST", target=place.path, headers=list(headers.items())))
    body = talk.send(h11.Data(data=out.content))
    end = talk.send(h11.EndOfMessage())
    return b"".join(part for part in (head, body, end) if part)


async def _answer(talk: h11.Connection, reader: asyncio.StreamReader) -> tuple[int, bytes]:
    status, told = 0, bytearray()
    while True:
        event = talk.next_event()
        if event is h11.NEED_DATA:
            talk.receive_data(await reader.read(MOST_BYTES))
        elif isinstance(event, h11.Response):
            status = event.status_code
        elif isinstance(event, h11.Data):
            told += event.data
            if len(told) > MOST_BYTES:
                raise NotSent("answer")
        elif isinstance(event, h11.EndOfMessage | h11.ConnectionClosed):
            return status, bytes(told)


@cache
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()
