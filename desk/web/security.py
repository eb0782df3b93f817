"""What every answer carries and every writing request must pass (specs/security.md)."""

import re
from itertools import chain
from typing import cast

from litestar.datastructures import MutableScopeHeaders
from litestar.handlers import BaseRouteHandler
from litestar.types import Message, Scope

from desk import settings
from desk.i18n import Forbidden
from desk.web import body, csrf
from desk.web.viewer import AnyRequest, Connection

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
UPLOAD_LIMIT = 25 * 1024 * 1024  # bytes, one file
BODY_LIMIT = 1024 * 1024  # bytes of words
FILES_LIMIT = 4 * UPLOAD_LIMIT + BODY_LIMIT  # bytes of a form with files: ten of any size, together no more than this

_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
_SAFE = {"GET", "HEAD", "OPTIONS"}
_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]{0,2000}")


async def add_headers(message: Message, scope: Scope) -> None:
    """Litestar's before_send: the only hook that also sees 404, 405 and errors. A stricter header of a door stays."""
    if message["type"] != "http.response.start":
        return
    own = MutableScopeHeaders.from_message(message)
    for name, value in headers().items():
        own.setdefault(name, value)


def headers() -> dict[str, str]:
    secure = settings.current().base_url.startswith("https:")
    return _HEADERS | ({"Strict-Transport-Security": "max-age=63072000"} if secure else {})


async def check(connection: Connection, _: BaseRouteHandler) -> None:
    """A guard on every route: no column takes NUL, and no address of ours has it; unsafe methods only from our own
    pages, and only with the form's token.
    """
    if any("\0" in text for text in (connection.scope["path"], *chain(*connection.query_params.multi_items()))):
        raise body.Malformed("web.malformed_address")
    request = cast(AnyRequest, connection)
    if request.method not in _SAFE:
        check_origin(request)
        await csrf.check(request)


def check_origin(request: AnyRequest) -> None:
    """Sec-Fetch-Site where the browser sends it, else Origin; programs that send neither have no cookie to abuse."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site not in (None, "same-origin", "none"):
        raise Forbidden("web.other_site")
    if origin is not None and origin.lower() not in _ours(request):
        raise Forbidden("web.other_site")


def _ours(request: AnyRequest) -> set[str]:
    """The base address, and the scheme and host that the request came by: behind DESK_PROXIES the browser's scheme, and
    never the plain one where the desk is served by TLS. Whole texts are compared: `null` and what is no address are not
    among them.
    """
    base = settings.current().base_url.lower()
    scheme = "https" if base.startswith("https:") else request.scope["scheme"]
    host = request.headers.get("host", "").lower()
    return {base, f"{scheme}://{host}"} if host else {base}


def safe_next(path: str | None) -> str:
    """Where to go after signing in: a path of ours with exactly one leading slash, else the first page."""
    return path if path and _PATH.fullmatch(path) else "/"


def path_of(address: str) -> str:
    """Path and query of any address, "/" where there is none. urlsplit would raise for what is no address."""
    return "/" + address.partition("://")[2].partition("/")[2].partition("#")[0]
