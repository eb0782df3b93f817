"""A tiny application on the real parts of desk.web: real requests, real headers, no database."""

from collections.abc import Iterator
from typing import Annotated

import pytest
from litestar import Litestar, Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.testing import TestClient
from msgspec import Meta, Struct

from desk.db import Unavailable
from desk.i18n import NotFound, Refused
from desk.web import NavEntry, Viewer, csrf, forms
from desk.web.errors import Trouble
from desk.web.page import page, see
from desk.web.plugin import WebPlugin

WORDS = "words that somebody typed"
LIN = Viewer(
    name="林晓雯",
    login="lin",
    language="zh-CN",
    theme="dark",
    zone="Asia/Shanghai",
    nav=(NavEntry(key="m", href="/", icon="house", label="我的", count="3", current=True),),
)


class Asked(Struct):
    title: Annotated[str, Meta(min_length=1, max_length=10)]
    amount: int
    files: list[UploadFile] = []


class Posted(Struct):
    title: str
    amount: int


@get("/token")
async def token(request: Request) -> Response[str]:
    return Response(csrf.token(request), media_type="text/plain", cookies=csrf.new_cookies(request))


@get("/page")
async def show(request: Request) -> Response[str]:
    return page(request, "web/error.html", fragment="banner", trouble=Trouble(200, "T", "D"))


@get("/viewed")
async def viewed(request: Request) -> Response[str]:
    request.state.viewer = LIN
    return page(request, "layout.html")


@post("/ask")
async def ask(request: Request) -> Response[str]:
    posted = await forms.read(request, Asked)
    return see(request, f"/asked/{posted.value.title}/{posted.key}/{len(posted.value.files)}")


@post("/again")
async def again(request: Request) -> Response[dict]:
    try:
        await forms.read(request, Asked)
    except Refused as refusal:
        form = await forms.again(request, refusal)
        return Response({"typed": form.typed, "faults": form.faults}, status_code=refusal.status)
    raise AssertionError


@post("/api/ask")
async def api_ask(request: Request) -> dict:
    posted = await forms.read_json(request, Posted)
    return {"title": posted.title}


@get("/hidden/{number:int}")
async def hidden(number: FromPath[int]) -> str:
    raise NotFound


@get("/broken")
async def broken() -> str:
    raise KeyError(WORDS)


@get("/busy")
async def busy() -> str:
    raise Unavailable


ROUTES = [token, show, viewed, ask, again, api_ask, hidden, broken, busy]


@pytest.fixture
def browser() -> Iterator[TestClient]:
    app = Litestar(ROUTES, plugins=[WebPlugin()], logging_config=None)
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        client.headers["accept"] = "text/html"
        client.follow_redirects = False
        yield client
