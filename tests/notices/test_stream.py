"""The stream ends with the session that opened it, and opening it changes nothing."""

import asyncio
import html
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import asyncpg
import httpx
import pytest
from litestar import Litestar

from desk import db, queue, settings
from desk.accounts import actions as accounts
from tests.firm import Firm
from tests.notices.test_notices import worker_runs
from tests.site import Site

HEARD = b"event: changed"


async def _deed(firm: Firm, deed: Callable[[int], Awaitable[object]], by: db.Reader) -> None:
    async with db.acting_as(by):
        await deed(firm.lin.person or 0)


async def _leaves(firm: Firm) -> None:
    await _deed(firm, accounts.leave, firm.admin)


async def _is_ended_elsewhere(firm: Firm) -> None:
    await _deed(firm, lambda lin: accounts.end_others(lin, but=None), firm.lin)


async def _gets_other_rights(firm: Firm) -> None:
    await _deed(firm, lambda lin: accounts.set_roles(lin, ["auditor"]), firm.admin)


async def _gets_a_password(firm: Firm) -> None:
    await _deed(firm, lambda lin: accounts.set_password(lin, "eleven grey herons wait"), db.NOBODY)


async def _is_idle(firm: Firm) -> None:
    firm.time.move(hours=8, minutes=1)


class Ear:
    """One open stream of lin's: what it has said so far, and whether it has closed."""

    def __init__(self, app: Litestar, secret: str, bell: str) -> None:
        self.app, self.secret, self.bell, self.said = app, secret, bell, b""

    async def opens(self, path: str) -> None:
        """Comes back when it hears."""
        self.task = asyncio.ensure_future(self._reads(path))
        await until(self._is_heard)

    async def _reads(self, path: str) -> None:
        transport = httpx.ASGITransport(self._app)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url=settings.current().base_url) as http:
            await http.get(path, headers={"cookie": f"desk-session={self.secret}", "accept-encoding": "identity"})

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        async def keeps(message: Any) -> None:
            self.said += message.get("body", b"")
            await send(message)

        await self.app(scope, receive, keeps)

    async def _is_heard(self) -> bool:
        return dict(await (await queue.connection()).pubsub_numsub(self.bell))[self.bell.encode()] > 0

    async def closes(self) -> None:
        await asyncio.wait_for(self.task, 10)


async def until(so: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while not await so():  # noqa: ASYNC110 (nothing tells)
            await asyncio.sleep(0.01)


@pytest.fixture
async def ear(site: Site, firm: Firm) -> AsyncIterator[Ear]:
    site.app.state.closing = asyncio.Event()
    secret = (await site.browser("lin")).http.cookies["desk-session"]
    yield (heard := Ear(site.app, secret, queue.person_bell(firm.lin.person or 0)))
    heard.task.cancel()


WAYS = [_leaves, _is_ended_elsewhere, _gets_other_rights, _gets_a_password, _is_idle]


@pytest.mark.parametrize("ends", WAYS)
async def test_a_stream_whose_session_ended_says_nothing_more_and_closes(
    ear: Ear, firm: Firm, ends: Callable[[Firm], Awaitable[None]]
) -> None:
    await ear.opens("/live")
    await ends(firm)
    await queue.publish(ear.bell, "1")

    await ear.closes()
    assert HEARD not in ear.said


async def test_signing_out_closes_the_stream_after_what_it_heard_before(ear: Ear, site: Site, firm: Firm) -> None:
    async def heard() -> bool:
        return HEARD in ear.said

    await ear.opens("/live")
    await queue.publish(ear.bell, "1")
    await until(heard)
    async with db.acting_as(firm.lin):
        await accounts.sign_out(ear.secret)
    await queue.publish(ear.bell, "2")

    await ear.closes()
    assert ear.said.count(HEARD) == 1


async def test_a_change_of_the_open_request_is_not_told_to_a_session_that_ended(ear: Ear, firm: Firm) -> None:
    number = await firm.lin_asks_for("a laptop")
    entry = (await firm.rows(firm.lin, "select max(id) as id from entries"))[0]["id"]
    await ear.opens(f"/live?request={number}")
    await _is_ended_elsewhere(firm)
    await queue.publish(queue.ticket_bell((await firm.case(number, firm.lin)).id), str(entry))

    await ear.closes()
    assert HEARD not in ear.said


async def _page(firm: Firm, site: Site, number: int) -> str:
    """What lin's page of a request says of itself to the stream."""
    page = await (await site.browser("lin")).http.get(f"/requests/{number}")
    found = re.search(r'data-live-from="([^"]+)"', page.text)
    assert found is not None
    return html.unescape(found[1])


async def test_what_came_between_the_page_and_its_stream_is_told_at_once(ear: Ear, firm: Firm, site: Site) -> None:
    async def heard() -> bool:
        return HEARD in ear.said

    number = await firm.lin_asks_for("a laptop")
    page = await _page(firm, site, number)
    await firm.wu_takes(number)
    await ear.opens(f"/live?{page}")
    await until(heard)

    assert b'{"request":%d}' % number in ear.said


async def test_the_newest_page_is_told_nothing_also_when_what_has_come_since_is_hidden(
    ear: Ear, firm: Firm, site: Site
) -> None:
    async def heard() -> bool:
        return HEARD in ear.said

    number = await firm.lin_asks_for("a laptop")
    await firm.wu_takes(number)
    page = await _page(firm, site, number)
    await firm.wu_notes(number, "For our eyes only", tier=3, reason="legal", sentence="among us")
    await ear.opens(f"/live?{page}")
    await queue.publish(ear.bell, "1")
    await until(heard)

    assert b"request" not in ear.said


async def test_opening_the_stream_of_a_request_reads_no_notice(
    ear: Ear, firm: Firm, superuser: asyncpg.Connection
) -> None:
    number = await firm.lin_asks_for("a laptop")
    await firm.wu_takes(number)
    await worker_runs(superuser)
    await ear.opens(f"/live?request={number}")

    assert [row["read_at"] for row in await firm.rows(firm.lin, "select read_at from notices")] == [None]
