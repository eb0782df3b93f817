import base64
import threading

import pytest
from argon2 import PasswordHasher

from desk import db, settings
from desk.accounts import actions as accounts
from desk.accounts.actions import hashing
from desk.web import cookies
from tests.firm import Firm


@pytest.mark.parametrize(("base", "name", "secure"), [
    ("https://desk.example.cn", "__Host-desk-session", True),
    ("http://desk.example.cn", "__Host-desk-session", True),
    ("http://127.0.0.1:8700", "desk-session", False),
])  # fmt: skip
def test_the_cookie_is_the_hosts_own_and_no_scripts(
    monkeypatch: pytest.MonkeyPatch, base: str, name: str, secure: bool
) -> None:
    monkeypatch.setenv("DESK_BASE_URL", base)
    settings.current.cache_clear()
    cookie = cookies.session_cookie("x", seconds=60)
    settings.current.cache_clear()

    assert (cookie.key, cookie.secure, cookie.httponly, cookie.samesite) == (name, secure, True, "lax")
    assert (cookie.path, cookie.domain) == ("/", None)


async def test_a_secret_is_long_and_never_the_same(firm: Firm) -> None:
    async with db.acting_as(firm.lin):
        who = firm.lin.person or 0
        sessions = {await accounts.start_session(who, address="10.0.0.7", browser="test") for _ in range(9)}
        tokens = {await accounts.make_token(who, f"t{n}") for n in range(9)}

    assert len(sessions | tokens) == 18
    assert min(len(base64.urlsafe_b64decode(one + "=")) * 8 for one in sessions) >= 128
    assert {one[:4] for one in tokens} == {"dsk_"}
    assert min(len(base64.urlsafe_b64decode(one[4:] + "=")) * 8 for one in tokens) >= 160


async def test_a_token_reaches_tier_one_unless_somebody_says_more(firm: Firm) -> None:
    async with db.acting_as(firm.lin):
        await accounts.make_token(firm.lin.person or 0, "a program")

    assert [row["cap"] for row in await firm.rows(firm.lin, "select cap from tokens")] == [1]


async def test_a_password_is_kept_as_argon2id_and_made_off_the_loop(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = []
    plain = PasswordHasher.hash
    monkeypatch.setattr(
        PasswordHasher,
        "hash",
        lambda *given, **more: (threads.append(threading.current_thread()), plain(*given, **more))[1],
    )
    known = await hashing.hashed("seven geese over the lake")

    assert known.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert threads
    assert threading.main_thread() not in threads
