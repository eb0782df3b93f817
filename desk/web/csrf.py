"""The form token: an HMAC of the session cookie, so a new session id makes old tokens worthless.

Before signing in a random visitor cookie takes the session's place (login forms are protected too).
"""

import hashlib
import hmac
import secrets

from litestar.datastructures import Cookie

from desk import settings
from desk.i18n import Forbidden
from desk.web import body, cookies
from desk.web.viewer import AnyRequest, Connection

FIELD = "_csrf"


def token(connection: Connection) -> str:
    """The token for forms of this page. Gives an anonymous visitor a key, which new_cookies() then sets."""
    owner = cookies.session_token(connection) or cookies.visitor_token(connection)
    if owner is None:
        owner = connection.scope["state"].setdefault("new_visitor", secrets.token_urlsafe(24))
    return _of(owner)


def new_cookies(connection: Connection) -> list[Cookie]:
    fresh = connection.scope["state"].get("new_visitor")
    return [cookies.visitor_cookie(fresh)] if fresh else []


async def check(request: AnyRequest) -> None:
    """Refuses a form without this visitor's token. The API is free of it where no cookie could speak for somebody."""
    owner = cookies.session_token(request) or cookies.visitor_token(request)
    if request.scope["path"].startswith("/api/") and ("authorization" in request.headers or owner is None):
        return
    if owner is None or not hmac.compare_digest(_of(owner), await _sent(request)):
        raise Forbidden("web.stale_form")


async def _sent(request: AnyRequest) -> str:
    if header := request.headers.get("x-csrf-token"):
        return header if header.isascii() else ""
    sent = (await body.fields(request)).get(FIELD, [])
    return sent[0] if len(sent) == 1 and isinstance(sent[0], str) and sent[0].isascii() else ""


def _of(owner: str) -> str:
    key = settings.current().secret.encode()
    return hmac.new(key, b"form:" + owner.encode(), hashlib.sha256).hexdigest()[:40]
