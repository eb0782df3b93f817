"""The doors of directory and accounts on a database: browsers that keep their cookies, and programs with tokens."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from litestar import Litestar

from desk import db, settings
from desk.accounts import actions as accounts
from desk.accounts.routes import AccountsPlugin
from desk.accounts.routes import routes as account_routes
from desk.directory.routes import routes as directory_routes
from desk.web.plugin import WebPlugin
from tests.firm import Firm

PASSWORD = "seven geese over the lake"
_FORM_TOKEN = re.compile(r'name="_csrf" value="(\w+)"')


@dataclass
class Browser:
    http: httpx.AsyncClient
    token: str = ""
    page: str = field(default="", repr=False)

    async def get(self, path: str, **more: Any) -> httpx.Response:
        answer = await self.http.get(path, **more)
        self._reads(answer)
        return answer

    async def post(self, path: str, **fields: Any) -> httpx.Response:
        """A form of the page that was read last."""
        answer = await self.http.post(path, data={"_csrf": self.token, **fields})
        self._reads(answer)
        return answer

    def _reads(self, answer: httpx.Response) -> None:
        self.page = answer.text
        if found := _FORM_TOKEN.search(answer.text):
            self.token = found[1]

    async def signs_in(self, login: str, password: str = PASSWORD, **more: str) -> httpx.Response:
        await self.get("/login")
        answer = await self.post("/session", login=login, password=password, **more)
        if answer.status_code == 303:
            await self.get("/profile")
        return answer

    def holds(self, secret: str | None) -> None:
        """A session's secret that came here in some other way."""
        self.http.cookies.set("desk-session", secret or "", domain="127.0.0.1", path="/")

    @property
    def session(self) -> str | None:
        return self.http.cookies.get("desk-session")


@pytest.fixture(scope="session")
def app(environment: None) -> Litestar:
    return Litestar(
        route_handlers=[*directory_routes, *account_routes],
        plugins=[WebPlugin(), AccountsPlugin()],
        openapi_config=None,
    )


def client(app: Litestar, **more: Any) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, client=("10.0.0.7", 5000))
    return httpx.AsyncClient(transport=transport, base_url=settings.current().base_url, **more)


@pytest.fixture
async def browser(app: Litestar, firm: Firm) -> AsyncIterator[Browser]:
    async with client(app) as http:
        yield Browser(http)


@pytest.fixture
async def other_browser(app: Litestar, firm: Firm) -> AsyncIterator[Browser]:
    async with client(app) as http:
        yield Browser(http)


@pytest.fixture
async def program(app: Litestar, firm: Firm) -> AsyncIterator[httpx.AsyncClient]:
    async with client(app) as http:
        yield http


@pytest.fixture
async def passwords(firm: Firm) -> None:
    """林 and 安 have one."""
    async with db.acting_as(db.NOBODY):
        for who in (firm.lin, firm.admin):
            await accounts.set_password(who.person, PASSWORD)
