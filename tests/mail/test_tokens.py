"""A mailbox that takes no password: XOAUTH2 at a real Dovecot, tokens from a small endpoint of our own."""

import asyncio
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, quote, urlsplit

import asyncpg
import pytest

from desk.mail.actions.tokens import NoToken, Purse
from desk.mail.jobs.fetching import fetch
from desk.mail.rules.mailboxes import Mailbox, read
from tests.mail.dovecot import Dovecot
from tests.mail.letters import letter
from tests.mail.test_fetching import eventually

BY_TOKEN = "passdb {{\n  driver = oauth2\n  args = {folder}/oauth2\n}}\n"
USER = "desk@corp.example"


class Issuer(ThreadingHTTPServer):
    """POST /token gives a token for each refresh token that it gave before; GET /info says whose one is."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Counter)
        self.asked: list[dict[str, str]] = []
        self.lasts = 3600
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def mailbox(self, more: str = "", password: str = "refresh 0", port: int = 143) -> Mailbox:
        by = f"auth=xoauth2&token_url={quote(self.url)}/token&client_id=desk{more}"
        return read(f"imap://{quote(USER)}:{quote(password)}@127.0.0.1:{port}/INBOX?{by}", 1)


class Counter(BaseHTTPRequestHandler):
    server: Issuer

    def do_POST(self) -> None:
        asked = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        self.server.asked.append(asked)
        number = len(self.server.asked)
        good = asked["grant_type"] == "client_credentials" or asked["refresh_token"] == f"refresh {number - 1}"
        token = {
            "access_token": f"token {number}",
            "refresh_token": f"refresh {number}",
            "expires_in": self.server.lasts,
        }
        self.answer(200 if good else 400, token if good else {"error": "invalid_grant"})

    def do_GET(self) -> None:
        token = parse_qs(urlsplit(self.path).query)["access_token"][0]
        known = token in {f"token {n + 1}" for n in range(len(self.server.asked))}
        self.answer(200 if known else 401, {"email": USER} if known else {})

    def answer(self, status: int, told: object) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with Issuer() as issuer:
        yield issuer
        issuer.shutdown()


@pytest.mark.usefixtures("desk")
async def test_letters_are_fetched_with_a_token_in_place_of_a_password(
    issuer: Issuer, superuser: asyncpg.Connection
) -> None:
    server = Dovecot(more="auth_mechanisms = xoauth2", passdb=BY_TOKEN)
    asks = f"tokeninfo_url = {issuer.url}/info?access_token=\nusername_attribute = email\n"
    (server.folder / "oauth2").write_text(asks)
    with server:
        server.put(USER, letter("by token"))
        task = asyncio.create_task(fetch(issuer.mailbox(port=server.port)))
        await eventually(lambda: superuser.fetchval("select last_good_at from channels"))
        task.cancel()

    assert await superuser.fetchval("select content from letters") == letter("by token")
    assert issuer.asked == [{"grant_type": "refresh_token", "refresh_token": "refresh 0", "client_id": "desk"}]


def test_a_token_is_used_until_shortly_before_its_end(issuer: Issuer) -> None:
    purse, mailbox = Purse(), issuer.mailbox()
    assert mailbox.tokens

    assert [purse.token(mailbox, mailbox.tokens) for _ in range(3)] == ["token 1"] * 3
    issuer.lasts = 30
    purse.until = 0.0
    assert [purse.token(mailbox, mailbox.tokens) for _ in range(2)] == ["token 2", "token 3"]


def test_an_application_asks_with_its_own_secret(issuer: Issuer) -> None:
    mailbox = issuer.mailbox("&client_secret=s%26s&scope=mail", password="")
    assert mailbox.tokens
    Purse().token(mailbox, mailbox.tokens)

    wanted = {"grant_type": "client_credentials", "client_id": "desk", "client_secret": "s&s", "scope": "mail"}
    assert issuer.asked == [wanted]


def test_what_the_endpoint_refuses_is_told_without_its_words(issuer: Issuer) -> None:
    mailbox = issuer.mailbox(password="stolen")
    assert mailbox.tokens

    with pytest.raises(NoToken) as refused:
        Purse().token(mailbox, mailbox.tokens)
    assert str(refused.value) == "HTTP 400"
