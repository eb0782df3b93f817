"""The whole desk behind its real doors: pages as a signed-in browser sees them, the API as a program does."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
from litestar import Litestar

from desk import db, settings
from desk.accounts import actions as accounts
from desk.app import create_app
from tests.firm import Firm

_TOKEN = re.compile(r'name="_csrf" value="(\w+)"')
_KEY = re.compile(r'name="_key" value="(\w+)"')


class Visit:
    """One person's browser. `post` sends the form token and the idempotency key of the page read last."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http, self.page = http, ""

    async def get(self, path: str, **more: Any) -> httpx.Response:
        answer = await self.http.get(path, **more)
        self.page = answer.text if "html" in answer.headers.get("content-type", "") else self.page
        return answer

    async def post(self, path: str, *, files: Any = None, **fields: Any) -> httpx.Response:
        token = _TOKEN.search(self.page)
        answer = await self.http.post(path, data={"_csrf": token[1] if token else "", **fields}, files=files)
        if answer.status_code != 303:
            self.page = answer.text
        return answer

    @property
    def key(self) -> str:
        found = _KEY.search(self.page)
        return found[1] if found else ""


class Site:
    def __init__(self, app: Litestar, firm: Firm, stack: AsyncExitStack) -> None:
        self.app, self.firm, self.stack = app, firm, stack

    async def browser(self, login: str, **headers: str) -> Visit:
        who = self.firm.people[login]
        async with db.acting_as(who):
            secret = await accounts.start_session(who.person, address="10.0.0.7", browser="test")
        visit = Visit(await self._client(**headers))
        visit.http.cookies.set("desk-session", secret, domain="127.0.0.1", path="/")
        await visit.get("/profile")
        return visit

    async def program(self, login: str, *, cap: int = 4, **headers: str) -> httpx.AsyncClient:
        who = self.firm.people[login]
        async with db.acting_as(who):
            token = await accounts.make_token(who.person, "test", cap=cap)
        return await self._client(authorization=f"Bearer {token}", **headers)

    async def stranger(self) -> httpx.AsyncClient:
        return await self._client()

    async def _client(self, **headers: str) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, client=("10.0.0.7", 5000))
        client = httpx.AsyncClient(transport=transport, base_url=settings.current().base_url, headers=headers)
        return await self.stack.enter_async_context(client)


@pytest.fixture(scope="session")
def app(environment: None) -> Litestar:
    return create_app()


@pytest.fixture
async def site(app: Litestar, firm: Firm) -> AsyncIterator[Site]:
    async with AsyncExitStack() as stack:
        yield Site(app, firm, stack)
