"""The desk's three cookies: the session, the anonymous visitor's form key, and what was just done.

Host-only, HttpOnly, SameSite=Lax; Secure with the __Host- prefix, except on plain loopback (specs/security.md).
"""

from functools import lru_cache
from urllib.parse import urlsplit

from litestar.datastructures import Cookie

from desk import settings
from desk.web.viewer import Connection

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def secure() -> bool:
    base = urlsplit(settings.current().base_url)
    return base.scheme == "https" or base.hostname not in _LOOPBACK


def name(kind: str) -> str:
    return f"__Host-{kind}" if secure() else kind


def session_token(connection: Connection) -> str | None:
    """What the browser says its session is; whether it is one, `accounts` knows."""
    return connection.cookies.get(name("desk-session")) or None


def session_cookie(token: str, *, seconds: int) -> Cookie:
    return _cookie("desk-session", token, seconds)


def no_session_cookie() -> Cookie:
    return _cookie("desk-session", "", 0)


def visitor_token(connection: Connection) -> str | None:
    return connection.cookies.get(name("desk-visitor")) or None


def visitor_cookie(token: str) -> Cookie:
    return _cookie("desk-visitor", token, 86400)


def said(connection: Connection) -> str | None:
    return connection.cookies.get(name("desk-said")) or None


class _Said(Cookie):
    """One of few sentences, after every deed: its header is written once."""

    def to_encoded_header(self) -> tuple[bytes, bytes]:
        return _header(self.value or "", secure())


def said_cookie(key: str) -> Cookie:
    return _Said(key=name("desk-said"), value=key)


@lru_cache(maxsize=200)
def _header(key: str, secure: bool) -> tuple[bytes, bytes]:
    return _cookie("desk-said", key, 60 if key else 0).to_encoded_header()


def _cookie(kind: str, value: str, seconds: int) -> Cookie:
    return Cookie(
        key=name(kind), value=value, max_age=seconds, path="/", secure=secure(), httponly=True, samesite="lax"
    )
