"""A browser for tests that bring their own firm instead of tests/firm.py: whoever it is, by id."""

import httpx
from litestar import Litestar

from desk import db, settings
from desk.accounts import actions as accounts
from desk.db import Reader
from tests.site import Visit


class Browser(Visit):
    async def send(self, page: str, to: str, **fields: str) -> httpx.Response:
        """Submits a form that stands on a page."""
        await self.get(page)
        assert f'action="{to}"' in self.page or f'formaction="{to}"' in self.page, f"{page} has no form to {to}"
        return await self.post(to, **fields)


async def browser(app: Litestar, person: int, language: str = "zh-CN") -> Browser:
    async with db.acting_as(Reader(person)):
        secret = await accounts.start_session(person, address="10.0.0.7", browser="test")
    transport = httpx.ASGITransport(app, client=("10.0.0.7", 5000))
    headers = {"accept": "text/html", "accept-language": language}
    client = httpx.AsyncClient(transport=transport, base_url=settings.current().base_url, headers=headers)
    client.cookies.set("desk-session", secret, domain="127.0.0.1", path="/")
    return Browser(client)
