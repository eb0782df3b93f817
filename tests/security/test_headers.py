import asyncio
import re
from pathlib import Path

import pytest

from desk import queue, settings
from desk.tickets.actions.files import File, attach_to
from desk.web import static
from desk.web.security import headers
from tests.firm import Firm
from tests.site import Site

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, no-store",
}


async def _file(firm: Firm) -> str:
    number = await firm.lin_asks_for("a receipt")
    await firm.does(firm.lin, attach_to, number, [File("receipt.pdf", b"%PDF-1.4 a receipt")])
    (row,) = await firm.rows(firm.lin, "select token from attachments")
    token: str = row["token"]
    return token


async def test_a_file_and_a_stream_carry_them_too(site: Site, firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    async def silent(*_: str):  # type: ignore[no-untyped-def]
        return
        yield

    monkeypatch.setattr(queue, "listen", silent)
    site.app.state.closing = asyncio.Event()
    lin, guest, token = await site.browser("lin"), await site.browser("guest"), await _file(firm)
    file, stream, refused = await lin.get(f"/files/{token}"), await lin.get("/live"), await guest.get(f"/files/{token}")

    for answer in (file, stream, refused):
        assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
    assert (refused.status_code, file.headers["content-disposition"].partition(";")[0]) == (404, "attachment")
    assert file.headers["content-security-policy"].startswith("sandbox;")
    assert "default-src 'none'" in stream.headers["content-security-policy"]


def test_behind_tls_the_browser_is_told_to_stay_there(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {}
    for base in ("https://desk.example.cn", "http://127.0.0.1:8700"):
        monkeypatch.setenv("DESK_BASE_URL", base)
        settings.current.cache_clear()
        told[base[:5]] = headers().get("Strict-Transport-Security", "")
    settings.current.cache_clear()

    assert int(re.findall(r"max-age=(\d+)", told["https"])[0]) >= 365 * 86400
    assert told["http:"] == ""


async def test_a_file_lies_under_a_random_key_where_nothing_is_served(firm: Firm) -> None:
    await _file(firm)
    (row,) = await firm.rows(firm.lin, "select object, token from attachments")
    kept = Path(settings.current().files_url.removeprefix("file://"))

    assert re.fullmatch(r"[0-9a-f]{40}", row["object"])
    assert row["token"] not in row["object"]
    assert not kept.is_relative_to(static.ROOT)
