"""Server-sent events: an answer that stays open and tells the page that something changed."""

import asyncio
import signal
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from types import FrameType
from typing import Any

import msgspec
from litestar import Litestar
from litestar.response import Stream

HEARTBEAT = 20.0  # seconds; proxies cut what is silent for a minute
RETRY = 3000  # milliseconds until the browser asks again
Handler = Callable[[int, FrameType | None], Any]
GoesOn = Callable[[], Awaitable[bool | None]]  # None: nobody can say now; silence goes on, an event does not
_HEADERS = {"X-Accel-Buffering": "no", "Cache-Control": "private, no-store"}


class Event(msgspec.Struct, frozen=True):
    """One message of the stream: its name and a small JSON value."""

    name: str
    data: Any = None


async def always() -> bool:
    return True


def stream(
    app: Litestar, source: AsyncIterator[Event], *, goes_on: GoesOn = always, heartbeat: float = HEARTBEAT
) -> Stream:
    """Sends what the source yields and a comment when it is silent. Before each it asks whether it `goes_on`: whoever
    may hear when the stream is opened need not for as long as it stays open. Ends with the source and the server too.
    """
    written = _written(app.state.closing, source, goes_on, heartbeat)
    return Stream(written, media_type="text/event-stream", headers=_HEADERS)


def write(event: Event) -> bytes:
    return b"event: " + event.name.encode() + b"\ndata: " + msgspec.json.encode(event.data) + b"\n\n"


async def _written(
    closing: asyncio.Event, source: AsyncIterator[Event], goes_on: GoesOn, heartbeat: float
) -> AsyncGenerator[bytes, None]:
    yield b"retry: %d\n\n" % RETRY
    closed = asyncio.ensure_future(closing.wait())
    coming = asyncio.ensure_future(anext(source, None))
    try:
        while True:
            await asyncio.wait({coming, closed}, timeout=heartbeat, return_when=asyncio.FIRST_COMPLETED)
            if closed.done() or (may := await goes_on()) is False:
                return
            if not coming.done():
                yield b": still here\n\n"
                continue
            if may is None or (event := coming.result()) is None:
                return
            yield write(event)
            coming = asyncio.ensure_future(anext(source, None))
    finally:
        await _stop(coming, closed)
        if isinstance(source, AsyncGenerator):
            await source.aclose()


async def _stop(*tasks: asyncio.Future[Any]) -> None:
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await task


@asynccontextmanager
async def closing(app: Litestar) -> AsyncGenerator[None, None]:
    """A lifespan: app.state.closing is set as soon as the server is told to stop.

    uvicorn waits for open answers before it runs the shutdown hooks, so the signal itself must be heard.
    """
    app.state.closing = asyncio.Event()
    with _heard(app.state.closing):
        yield
    app.state.closing.set()


@contextmanager
def _heard(event: asyncio.Event) -> Iterator[None]:
    """Sets the event before the server's own signal handlers run; leaves signals alone where there are none."""
    main = threading.current_thread() is threading.main_thread()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT) if main}
    loop = asyncio.get_running_loop()
    for number, handler in before.items():
        if callable(handler):
            signal.signal(number, _also(handler, loop, event))
    try:
        yield
    finally:
        for number, handler in before.items():
            if callable(handler):
                signal.signal(number, handler)


def _also(handler: Handler, loop: asyncio.AbstractEventLoop, event: asyncio.Event) -> Handler:
    def told(number: int, frame: FrameType | None) -> Any:
        loop.call_soon_threadsafe(event.set)
        return handler(number, frame)

    return told
