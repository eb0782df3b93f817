"""One reader's way through every door of one world: what came back, byte for byte."""

import asyncio
import contextlib
import html
import logging
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from asyncpg import Connection
from litestar import Litestar

from desk import queue, settings
from desk.web import cursor
from tests.leaks import filled, routes
from tests.leaks.cast import Reader
from tests.leaks.hiding import Told
from tests.leaks.worlds import CLEARED, Made

# what is random by design: form tokens, idempotency keys, the key of a visitor who has not signed in
_RANDOM = re.compile(
    r'(name="_(?:csrf|key)" value=")\w+|(csrf[^"]*" *: *")\w+|(csrf-token" content=")\w+|(desk-visitor=)[\w-]+'
)
_ON = re.compile(r'href="(/[^"]*[?&;]after=[^"]*)"')
_SEALED = re.compile(r"(?<=after=)[\w-]{40,}")
_NUMBER = re.compile(r"(?:/requests/|number=|request=)(\d+)")
PAGES = 4
FRAGMENT = {"hx-request": "true", "hx-request-type": "partial"}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    work: tuple[str, ...] = ()  # statements, in order
    on: str = field(default="", compare=False)  # where it goes on

    def lines(self) -> list[str]:
        return [str(self.status), *(f"{name}: {value}" for name, value in self.headers), *self.body.splitlines()]


def plain(answer: httpx.Response, work: Iterable[str] = ()) -> Answer:
    def same(text: str) -> str:
        return _SEALED.sub(_opened, _RANDOM.sub(lambda found: next(group for group in found.groups() if group), text))

    headers = tuple((name, same(value)) for name, value in answer.headers.multi_items())
    on = _ON.search(answer.text)
    return Answer(answer.status_code, headers, same(answer.text), tuple(work), html.unescape(on[1]) if on else "")


def _opened(place: re.Match[str]) -> str:
    """A sealed place says what it says but for the id in the end, which nobody else can open."""
    *said, _ = cursor.unseal(place[0], tuple[Any, ...])
    return str(said)


class Visitor:
    """A reader's browser and program in one world; a program of low reach has no browser."""

    def __init__(self, app: Litestar, made: Made, login: str, name: str, *, browses: bool = True) -> None:
        transport = httpx.ASGITransport(app, client=("10.0.0.7", 5000))
        plainly = {"accept-encoding": "identity"}  # random keys press into more or fewer bytes
        self.browser = httpx.AsyncClient(transport=transport, base_url=settings.current().base_url, headers=plainly)
        self.browser.cookies.set("desk-session", made.sessions[login], domain="127.0.0.1", path="/")
        token = plainly | {"authorization": f"Bearer {made.tokens[name]}"}
        self.program = httpx.AsyncClient(transport=transport, base_url=settings.current().base_url, headers=token)
        self.browses = browses
        self.csrf = ""

    def client(self, path: str) -> httpx.AsyncClient | None:
        if path.startswith("/api"):
            return self.program
        return self.browser if self.browses else None

    async def get(self, path: str, **headers: str) -> Answer | None:
        client = self.client(path)
        return plain(await client.get(path, headers=headers)) if client else None

    async def prepare(self) -> None:
        """Reads the token that every form of this browser carries, and is seen by the program's door once: when a token was
        used last is written down by the minute.
        """
        await self.program.get("/api/me")
        found = re.search(r'name="_csrf" value="(\w+)"', (await self.browser.get("/profile")).text)
        self.csrf = found[1] if found else ""

    async def post(self, path: str) -> Answer | None:
        client = self.client(path)
        if client is None:
            return None
        body = next((filled.BODIES[word] for word in reversed(path.split("/")) if word in filled.BODIES), {})
        if path.startswith("/api"):
            if path.endswith("attachments"):
                return plain(await client.post(path, files={"files": ("a.txt", b"x", "text/plain")}))
            return plain(await client.post(path, json=body) if body else await client.post(path))
        return plain(await client.post(path, data={"_csrf": self.csrf, **body}))

    async def leave(self) -> None:
        await self.browser.aclose()
        await self.program.aclose()


def visitor(app: Litestar, made: Made, reader: Reader) -> Visitor:
    return Visitor(app, made, reader.login, reader.name, browses=reader.cap == 4)


def paths(told: Told) -> list[str]:
    """Every address that is read, with every number and every hidden token of the world where all of it is there."""
    found: dict[str, None] = {}
    for path in (*routes.READS, *routes.UNDER["GET"], filled.LIVE):
        for values in filled.values_of(path, told):
            found[path.format(**values)] = None
    return list(found)


async def walk(at: Visitor, wanted: Iterable[str]) -> dict[str, Answer]:
    """Also the next pages of what is too long for one, and the fragments of what changes while one looks at it."""
    seen: dict[str, Answer] = {}
    for path in wanted:
        if (answer := await at.get(path)) is None:
            continue
        seen[path] = answer
        page = 1
        while answer.on and page < PAGES and (following := await at.get(answer.on)):
            answer, page = following, page + 1
            seen[f"{path} (page {page})"] = answer
        if path.partition("?")[0] in filled.FRAGMENTS and (fragment := await at.get(path, **FRAGMENT)) is not None:
            seen[f"{path} (fragment)"] = fragment
    return seen


async def warm(app: Litestar, made: Made, wanted: Iterable[str]) -> None:
    """Whoever may read it goes first."""
    for login in CLEARED:
        cleared = Visitor(app, made, login, login)
        await walk(cleared, [path for path in wanted if not path.startswith("/live")])
        await cleared.leave()


async def heard(app: Litestar, at: Visitor, made: Made, numbers: Iterable[int]) -> dict[str, Answer]:
    """What the stream says to whoever has a page open, when all that was rung in the world is rung again."""

    async def listen(*channels: str) -> AsyncIterator[tuple[str, str]]:
        yield "", ""
        for channel, word in made.bells:
            if channel in channels:
                yield channel, word

    said = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queue, "listen", listen)
        app.state.closing = asyncio.Event()
        for number in numbers:
            path = f"/live?request={number}"
            answer = await at.get(path)
            assert answer is not None
            said[path] = answer
    return said


@contextlib.contextmanager
def statements() -> Iterator[Callable[[], list[str]]]:
    """All statements that a connection of ours is given; asking for them begins anew."""
    done: list[str] = []

    def counted(name: str) -> Callable[..., Any]:
        original = getattr(Connection, name)

        async def run(self: Connection, query: str, *values: Any, **more: Any) -> Any:
            done.append(re.sub(r"become_reader\(.*\)", "become_reader", query))
            return await original(self, query, *values, **more)

        return run

    def taken() -> list[str]:
        found, done[:] = list(done), []
        return found

    with pytest.MonkeyPatch.context() as patch:
        for name in ("fetch", "fetchrow", "fetchval", "execute"):
            patch.setattr(Connection, name, counted(name))
        yield taken


@contextlib.contextmanager
def log() -> Iterator[list[str]]:
    """What is written down meanwhile, by whatever part of the desk."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.name.startswith("desk"):
                lines.append(record.getMessage())

    handler, root = Kept(), logging.getLogger("desk")
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def number_in(path: str) -> int | None:
    found = _NUMBER.search(path)
    return int(found[1]) if found else None
