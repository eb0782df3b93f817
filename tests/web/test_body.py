"""Bodies that no form sends: one answer, at once, and never our fault."""

import asyncio

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar import Litestar

from desk.web.plugin import WebPlugin
from tests.web.conftest import ROUTES

SECONDS = 20  # a body that is read twice is waited for for ever
HEAD = b'Content-Disposition: form-data; name="title"'
BROKEN = {
    "a charset that nobody knows": b"--x\r\n" + HEAD + b"\r\nContent-Type: text/plain; charset=bogus\r\n\r\na\r\n--x--\r\n",
    "bytes that are no UTF-8": b"--x\r\n" + HEAD + b"\r\n\r\n\xff\r\n--x--\r\n",
    "no end": b"--x\r\n" + HEAD + b"\r\n\r\nwords",
    "no part": b"--x--",
    "another boundary": b"--y\r\n" + HEAD + b"\r\n\r\nwords\r\n--y--\r\n",
    "a huge header": b"--x\r\n" + HEAD + b"\r\nX: " + b"a" * 100_000 + b"\r\n\r\na\r\n--x--\r\n",
    "a hundred headers": b"--x\r\n" + HEAD + b"\r\n" + b"X: y\r\n" * 100 + b"\r\na\r\n--x--\r\n",
    "thousands of parts": (b"--x\r\n" + HEAD + b"\r\n\r\na\r\n") * 3000 + b"--x--\r\n",
    "a part without a name": b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n",
    "a name with NUL": b'--x\r\nContent-Disposition: form-data; name="a\0b"\r\n\r\na\r\n--x--\r\n',
    "a file name with NUL": b'--x\r\nContent-Disposition: form-data; name="files"; filename="\0"\r\n\r\na\r\n--x--\r\n',
}  # fmt: skip
PIECES = st.sampled_from([
    b"--x", b"--x--", b"--", b"\r\n", b"\n", b"\r\n\r\n", HEAD, b'Content-Disposition: form-data; name="files"; filename="a.txt"',
    b"Content-Type: text/plain; charset=", b"utf-16", b"bogus", b"idna", b"Content-Transfer-Encoding: base64", b"\0", b"\xff\xfe", b"a" * 5000,
    b'; filename="', b'"', b";", b"=", "斑马".encode(), b"Content-Disposition:", b"Content-Type: multipart/mixed; boundary=y", b": ",
])  # fmt: skip
KINDS = st.sampled_from([
    "multipart/form-data; boundary=x", 'multipart/form-data; boundary="x"', "multipart/form-data", "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x; charset=bogus", "multipart/form-data; boundary=" + "x" * 3000, "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=bogus", "application/json; charset=utf-16", "multipart/form-data;boundary=\xe9", ";", "",
])  # fmt: skip


async def _post(path: str, body: bytes, kind: str) -> httpx.Response:
    app = Litestar(ROUTES, plugins=[WebPlugin()], logging_config=None)
    head = {b"accept-language": b"en", b"content-type": kind.encode("latin-1")}
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        asyncio.timeout(SECONDS),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client,
    ):
        head[b"x-csrf-token"] = (await client.get("/token")).content
        return await client.post(path, content=body, headers=head)


@pytest.mark.parametrize("path", ["/ask", "/again"])
@pytest.mark.parametrize("body", BROKEN.values(), ids=list(BROKEN))
async def test_a_broken_multipart_body_is_told_at_once(path: str, body: bytes) -> None:
    answer = await _post(path, body, "multipart/form-data; boundary=x")

    assert answer.status_code in (400, 422), answer.text[:300]


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(path=st.sampled_from(["/ask", "/again", "/api/ask"]), pieces=st.lists(PIECES, max_size=14), kind=KINDS)
def test_no_bytes_under_any_type_are_our_fault(path: str, pieces: list[bytes], kind: str) -> None:
    answer = asyncio.run(_post(path, b"".join(pieces), kind))

    assert answer.status_code in (303, 400, 413, 415, 422), answer.text[:300]
