"""Every door with what no page of ours sends, in every place: never our fault (5xx), and always the house's answer."""

import asyncio
import json
import re
from collections.abc import Iterable
from typing import Any

import httpx
import pytest
from litestar import Litestar
from msgspec import Struct

from desk import db
from desk.directory import actions as directory
from desk.web import decode
from tests.leaks import nasty
from tests.site import Site, Visit

KNOWN = {"login": "meng", "of": "x", "path": "x", "rule": 1}
HEADERS = (
    "cookie",
    "accept-language",
    "idempotency-key",
    "x-csrf-token",
    "origin",
    "host",
    "hx-current-url",
    "referer",
    "content-type",
    "accept",
)
WORTHS = (
    b"",
    b"\xff\xfe",
    b"desk-session=%00",
    b"desk-said=%00",
    b"a" * 3000,
    b"x\x00y",
    b"-1",
    b";q=",
    b"en;q=9",
    b"=;=",
    b"http://[",
)
SECONDS = 20  # a door that waits for a body that has been read would wait for ever


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[type[Struct]]:
    """What the door that was asked last has read its body into."""
    seen: list[type[Struct]] = []
    plain = decode.struct

    def struct(into: type[Struct], raw: Any, **more: Any) -> Any:
        seen.append(into)
        return plain(into, raw, **more)

    monkeypatch.setattr(decode, "struct", struct)
    return seen


@pytest.fixture
async def helper(site: Site) -> Site:
    """An administrator who also handles requests: hardly a door is shut to them."""
    async with db.acting_as(db.NOBODY):
        await directory.set_level(site.firm.admin.person, site.firm.finance, 3)
    return site


def _fault(answer: httpx.Response, path: str) -> str:
    """What is wrong with an answer, or nothing."""
    if answer.status_code >= 500:
        return "our fault"
    if answer.status_code < 400:
        return ""
    kind = answer.headers["content-type"]
    if path.startswith("/api/"):
        told = json.loads(answer.text) if kind == "application/problem+json" else {}
        return "" if told.get("status") == answer.status_code and told["detail"] else f"no problem details: {kind}"
    return "" if re.search(r"<h1\b", answer.text) and answer.headers["content-security-policy"] else "no page of ours"


def _known(path: str, number: int) -> dict[str, Any]:
    return KNOWN | {"number": number, "code": "expenses" if "/services/" in path else "finance"}


async def _faults(
    client: httpx.AsyncClient, method: str, path: str, bodies: Iterable[bytes | None], **head: Any
) -> list[Any]:
    found = []
    for body in bodies:
        async with asyncio.timeout(SECONDS):
            answer = await client.request(method, path, content=body, headers=head)
        if fault := _fault(answer, path):
            found.append((method, path[:120], (body or b"")[:120], answer.status_code, fault))
    return found


async def _client(site: Site, path: str) -> tuple[httpx.AsyncClient, dict[str, str]]:
    if path.startswith("/api/"):
        return await site.program("admin"), {"content-type": "application/json"}
    visit: Visit = await site.browser("admin")
    token = re.search(r'name="_csrf" value="(\w+)"', visit.page)
    assert token is not None
    return visit.http, {"content-type": "application/x-www-form-urlencoded", "x-csrf-token": token[1]}


async def test_every_place_in_an_address(app: Litestar, helper: Site) -> None:
    browser, program = (await helper.browser("admin")).http, await helper.program("admin")
    number, found = await helper.firm.lin_asks_for("BX-1107 came back"), []
    for method, path, names, asked in nasty.doors(app):
        client = program if path.startswith("/api/") else browser
        for address in nasty.addresses(path, names, asked, _known(path, number)):
            if method == "GET":
                found += await _faults(client, method, address, [None])

    assert found == [], "\n".join(map(str, found))


@pytest.mark.slow
async def test_every_place_in_a_body(app: Litestar, helper: Site, read: list[type[Struct]]) -> None:
    found, learnt = [], 0
    for method, path, names, _ in nasty.doors(app):
        if method != "POST":
            continue
        known = _known(path, await helper.firm.lin_asks_for("BX-1107 came back", service=None))
        address = next(nasty.addresses(path, names, [], known))
        client, head = await _client(helper, path)
        read.clear()
        await client.request(method, address, content=b"{}", headers=head)
        make, learnt = nasty.objects if path.startswith("/api/") else nasty.forms, learnt + len(set(read))
        for into in set(read):
            found += await _faults(client, method, address, make(into), **head)

    assert learnt > 40
    assert found == [], "\n".join(map(str, found))


@pytest.mark.parametrize("name", HEADERS)
async def test_every_header(helper: Site, name: str) -> None:
    number = await helper.firm.lin_asks_for("BX-1107 came back")
    browser, program = (await helper.browser("admin")).http, await helper.program("admin")
    stranger, found = await helper.stranger(), []
    for worth in WORTHS:
        head = {name: worth}
        found += await _faults(browser, "GET", f"/requests/{number}", [None], **head)
        found += await _faults(browser, "POST", f"/requests/{number}/take", [b"a=1"], **head)
        found += await _faults(program, "POST", f"/api/requests/{number}/take", [b"{}"], **head)
        found += await _faults(browser, "POST", "/profile/language", [b"language=en"], **head)
        found += await _faults(stranger, "GET", "/profile", [None], **head)

    assert found == [], "\n".join(map(str, found))
