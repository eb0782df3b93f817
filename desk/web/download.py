"""A file that is written while it is sent: what it is read from stays open as long as the download, and no longer."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any
from urllib.parse import quote

from litestar.response.streaming import ASGIStreamingResponse
from litestar.types import Receive, Scope, Send

from desk.db import Unavailable

AT_ONCE = 2  # in one process: each holds a connection of the pool for as long as somebody's line is slow
LONGEST = 600.0  # seconds; then it is cut off
_under_way: set[asyncio.Task[None]] = set()
_Chunks = asyncio.Queue[bytes | None]


class Download(ASGIStreamingResponse):
    """What fails on its way is cut off, so that nobody takes a part for the whole."""

    __slots__ = ("reading",)

    def __init__(self, reading: asyncio.Task[None], **more: Any) -> None:
        super().__init__(**more)
        self.reading = reading

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.reading.cancel()  # of whoever has hung up; no harm where it is over


async def download(chunks: AsyncGenerator[bytes, None], *, name: str, media_type: str) -> Download:
    """The first chunk is read before anything is answered: what goes wrong by then is told as on any page."""
    if len(_under_way) >= AT_ONCE:
        raise Unavailable
    waiting: _Chunks = asyncio.Queue(maxsize=1)
    reading = asyncio.create_task(_read(chunks, waiting))
    _under_way.add(reading)
    reading.add_done_callback(_under_way.discard)
    first = await waiting.get()
    if first is None:
        await reading
    return Download(reading, iterator=_sent(first, waiting, reading), media_type=media_type, headers=headers(name))


def headers(name: str) -> dict[str, str]:
    """It is saved, never shown."""
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
    }


async def _sent(chunk: bytes | None, waiting: _Chunks, reading: asyncio.Task[None]) -> AsyncGenerator[bytes, None]:
    while chunk is not None:
        yield chunk
        chunk = await waiting.get()
    await reading


async def _read(chunks: AsyncGenerator[bytes, None], waiting: _Chunks) -> None:
    """In a task of its own, which holds the transaction from its beginning to its end: whoever sends may be cancelled
    at every line until it gives up, and then could not even say ROLLBACK.
    """
    try:
        async with asyncio.timeout(LONGEST), aclosing(chunks):
            async for chunk in chunks:
                await waiting.put(chunk)
            await waiting.put(None)
    except BaseException:
        if waiting.full():
            waiting.get_nowait()
        waiting.put_nowait(None)
        raise
