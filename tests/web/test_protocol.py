"""Bytes that are no HTTP reach no door of ours; their answer has our headers all the same."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import uvicorn
from litestar import Litestar

from desk.cli import HTTP
from desk.web import security
from desk.web.plugin import WebPlugin
from tests.web.conftest import ROUTES


@pytest.fixture
async def port() -> AsyncIterator[int]:
    app = Litestar(ROUTES, plugins=[WebPlugin()], logging_config=None)
    config = uvicorn.Config(app, port=0, http=HTTP, ws="none", log_level="error", server_header=False)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    yield server.servers[0].sockets[0].getsockname()[1]
    await server.shutdown()


async def _sent(port: int, request: bytes) -> tuple[str, list[str]]:
    """Status line and headers of the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    writer.close()
    return head[0], [line.lower() for line in head[1:] if line]


@pytest.mark.parametrize(
    "request_", [b"NONSENSE\r\n\r\n", b"GET / HTTP/1.1\r\nno header\r\n\r\n", b"\x16\x03\x01\r\n\r\n"]
)
async def test_what_is_no_http_is_refused_with_our_headers(port: int, request_: bytes) -> None:
    status, lines = await _sent(port, request_)

    assert status == "HTTP/1.1 400 Bad Request"
    assert {f"{name}: {value}".lower() for name, value in security.headers().items()} <= set(lines)


async def test_a_door_answers_with_each_header_once(port: int) -> None:
    _, lines = await _sent(port, b"GET /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")

    for name in security.headers():
        assert sum(line.startswith(f"{name.lower()}:") for line in lines) == 1, name
