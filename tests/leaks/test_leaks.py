"""Hidden words influence nothing: N1 (their content varies), N2 (something sealed is there or not), N4 (a hidden number and
one that was never issued), for whoever may not read, on every route."""

import re
from dataclasses import dataclass
from typing import Any

import asyncpg
import httpx
import pytest
from litestar import Litestar

from tests.firm import Firm
from tests.leaks import filled, routes
from tests.site import Site, Visit

SECRET = "zebra-salary-斑马工资"
READERS = ("zhao", "guest", "admin")
NEVER = 987654
# what is random by design in every answer: form tokens, idempotency keys
_RANDOM = re.compile(r'(name="_(?:csrf|key)" value=")\w+|(csrf[^"]*" *: *")\w+')


@dataclass
class World:
    site: Site
    number: int  # internal; carries a note of tier 2, one of tier 3 and a sealed one
    payroll: int  # restricted as a whole
    sealed: int

    def values(self, number: int) -> dict[str, Any]:
        return filled.VALUES | {"number": number}


@pytest.fixture
async def world(site: Site, firm: Firm, superuser: asyncpg.Connection) -> World:
    number = await firm.lin_asks_for("BX-1107 came back")
    await firm.wu_notes(number, SECRET, tier=2, reason="negotiation")
    await firm.wu_notes(number, SECRET, tier=3, reason="legal", sentence=SECRET)
    await firm.wu_notes(number, SECRET, tier=3, reason="legal", sentence="x")
    payroll = await firm.files(firm.lin, SECRET, service="payroll", body=SECRET)
    sealed = await firm.files(firm.lin, SECRET, service="payroll", body=SECRET)
    await superuser.execute("update updates set sealed = true where id = (select max(id) from updates)")
    await superuser.execute("update tickets set sealed = true where number = $1", sealed)
    return World(site, number, payroll, sealed)


def _plain(answer: httpx.Response) -> tuple[int, str, list[tuple[str, str]]]:
    headers = [pair for pair in answer.headers.multi_items() if pair[0] not in ("set-cookie", "content-length")]
    return answer.status_code, _RANDOM.sub(r"\1\2", answer.text), headers


async def _enter(world: World, login: str) -> tuple[Visit, httpx.AsyncClient]:
    return await world.site.browser(login), await world.site.program(login)


async def _walk(world: World, entered: tuple[Visit, httpx.AsyncClient]) -> dict[str, Any]:
    browser, program = entered
    seen = {}
    for path in routes.READS:
        for number in (world.number, world.payroll, world.sealed) if "{number}" in path else (world.number,):
            asked = path.format(**world.values(number))
            client = program if asked.startswith("/api") else browser.http
            seen[asked] = _plain(await client.get(asked))
    return seen


def test_every_route_is_known(app: Litestar) -> None:
    known = {("GET", path.partition("?")[0]) for path in (*routes.READS, *routes.UNDER["GET"], *routes.REST["GET"])}
    known |= {("POST", path) for path in (*routes.UNDER["POST"], *routes.REST["POST"])}
    known = {(method, path.replace("{department}", "{code}")) for method, path in known}
    known = {(method, re.sub(r"/tabs/\w+", "/tabs/{tab}", path)) for method, path in known}
    known = {(method, re.sub(r"/sheets/[\w.]+", "/sheets/{file}", path)) for method, path in known}

    served = {
        (method, route.path_format)
        for route in app.routes
        for method in getattr(route, "methods", [])
        if method not in ("OPTIONS", "HEAD")
    }

    assert served == known


@pytest.mark.parametrize("login", READERS)
async def test_no_answer_carries_words_that_the_reader_may_not_read(world: World, login: str) -> None:
    for path, (status, text, headers) in (await _walk(world, await _enter(world, login))).items():
        assert status < 500, path
        assert "zebra" not in text + str(headers), path
        assert "斑马" not in text + str(headers), path


@pytest.mark.parametrize("login", READERS)
async def test_the_content_of_hidden_words_changes_nothing(
    world: World, superuser: asyncpg.Connection, login: str
) -> None:
    entered = await _enter(world, login)
    before = await _walk(world, entered)
    await superuser.execute(
        "update updates set body = body || body, sentence = 'other', author = (select id from people where login = 'zhou')"
    )
    await superuser.execute(
        "update tickets set title = 'other', body = 'other', fields = '{\"amount\": 1}' where tier >= 3"
    )
    after = await _walk(world, entered)

    assert after == before


@pytest.mark.parametrize("login", READERS)
async def test_whether_something_sealed_is_there_changes_nothing(
    world: World, superuser: asyncpg.Connection, login: str
) -> None:
    entered = await _enter(world, login)
    before = await _walk(world, entered)
    await superuser.execute(
        "set session_replication_role = replica;"
        "delete from updates where sealed; delete from entries where subject = any (select 'ticket:' || id from tickets where sealed);"
        "delete from promises where ticket in (select id from tickets where sealed); delete from tickets where sealed;"
        "set session_replication_role = origin"
    )
    after = await _walk(world, entered)

    assert after == before


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("login", ["guest", "zhao"])
async def test_a_hidden_number_and_one_never_issued_answer_alike(world: World, login: str, method: str) -> None:
    browser, program = await world.site.browser(login), await world.site.program(login)
    hidden = world.number if login == "guest" else world.sealed
    for path in routes.UNDER[method]:
        answers = []
        for number in (hidden, NEVER):
            asked = path.format(**world.values(number))
            answer = await _ask(browser if not asked.startswith("/api") else program, method, asked)
            answers.append((answer.status_code, _plain(answer)[1].replace(str(number), "N"), _plain(answer)[2]))
        if path.startswith("/find"):
            continue
        assert answers[0] == answers[1], path
        assert answers[0][0] == 404, path


async def _ask(client: Any, method: str, path: str) -> httpx.Response:
    if method == "GET":
        return await client.get(path)
    body = {"agree": True} if "/countersigns/" in path else filled.BODIES.get(path.rsplit("/", 1)[-1], {})
    if path.startswith("/api"):
        if path.endswith("attachments"):
            return await client.post(path, files={"files": ("a.txt", b"x", "text/plain")})
        return await client.post(path, json=body) if body else await client.post(path)
    await client.get("/profile")
    return await client.post(path, **body)
