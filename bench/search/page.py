"""What row security costs of the request's page: the whole page, once as the desk and once as whom no policy binds.

Of requests all of whose words the reader reads, so that both show the same.
"""

import logging
import os
from statistics import median
from typing import Any

import httpx

from bench.load.firm import LIN, MEASURED
from bench.meter import Meter, backend
from bench.search.figures import Figure
from desk import db, queue, settings
from desk.accounts import actions as accounts
from desk.app import create_app

ROUNDS, VISITS, WARM = 6, 60, 20
_LONG = """
select t.number from tickets t where t.department = $1 and t.state = 'open' and t.tier = 1
   and t.number < 10000000000 and not exists (select from updates u where u.ticket = t.id and u.reach = 2)
 order by (select count(*) from updates u where u.ticket = t.id) desc limit 10
"""


async def measure(url: str, superuser: str, valkey: str) -> list[Figure]:
    os.environ |= {"DESK_VALKEY_URL": valkey}
    settings.current.cache_clear()
    app, cookie = _quiet(create_app()), await _signed_in(url)
    bound, free = [], []
    try:
        for _ in range(ROUNDS):
            bound.append(await _round(app, cookie, url, "desk_app"))
            free.append(await _round(app, cookie, superuser, "postgres"))
    finally:
        await queue.close()
    least = min(bound), min(free)
    note = f"{least[0]:.2f} ms and {least[1]:.2f} ms; medians {median(bound):.2f} and {median(free):.2f}"
    return [
        Figure("row security's share of the request page", None, 100 * (least[0] - least[1]) / least[0], 25, "%", note)
    ]


def _quiet(app: Any) -> Any:
    logging.getLogger("httpx").setLevel(logging.WARNING)
    return app


async def _signed_in(url: str) -> str:
    await db.open_pool(url, size=1)
    try:
        async with db.acting_as(db.Reader(LIN)):
            return await accounts.start_session(LIN, address="127.0.0.1", browser="bench")
    finally:
        await db.close_pool()


async def _round(app: Any, cookie: str, url: str, role: str) -> float:
    """Milliseconds of CPU of one page."""
    await db.open_pool(url, role=role, size=1, timeout_ms=0)
    try:
        async with db.acting_as(db.Reader(LIN), writing=False):
            numbers = [row["number"] for row in await db.fetch(_LONG, MEASURED)]
        book = Meter([await backend()])
        transport = httpx.ASGITransport(app, client=("127.0.0.1", 5000))
        async with httpx.AsyncClient(transport=transport, base_url=settings.current().base_url) as client:
            client.cookies.set("desk-session", cookie, domain="127.0.0.1", path="/")

            async def visit(number: int) -> None:
                answer = await client.get(f"/requests/{number}")
                assert answer.status_code == 200, answer.status_code

            for n in range(WARM):
                await visit(numbers[n % len(numbers)])
            costs = [await book.of(lambda n=n: visit(numbers[n % len(numbers)])) for n in range(VISITS)]  # type: ignore[misc]
            return median(costs)
    finally:
        await db.close_pool()
