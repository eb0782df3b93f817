"""What an error looks like: a page or a banner for people, problem details (RFC 9457) for programs.

A refusal is a sentence of ours. Everything unforeseen gets a generic sentence with a reference; the log has the rest,
without the words of the request: exception types and places, never their texts.
"""

import logging
import secrets
from collections.abc import Callable
from typing import Any

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException

from desk import db
from desk.faults import places
from desk.i18n import NotFound, Refused, catalogue, say
from desk.web import forms
from desk.web.page import page, wants_fragment
from desk.web.viewer import AnyRequest, language

_LOG = logging.getLogger("desk.web")
RETRY_AFTER = 2  # seconds
BUSY: tuple[type[Exception], ...] = (db.Unavailable, TimeoutError, ConnectionError)
Handler = Callable[[AnyRequest, Any], Response[Any]]


class Trouble(msgspec.Struct, frozen=True):
    status: int
    title: str
    detail: str
    faults: dict[str, str] = {}
    reference: str = ""
    headers: dict[str, str] = {}
    link: str = ""  # where to look instead


def handlers(busy: tuple[type[Exception], ...] = BUSY) -> dict[int | type[Exception], Handler]:
    """Litestar's exception_handlers. `busy`: what the database raises when it has no connection or time to give."""
    return {
        Refused: refused,
        HTTPException: by_protocol,
        Exception: unforeseen,
        **dict.fromkeys(busy, overloaded),
    }


def refused(request: AnyRequest, refusal: Refused) -> Response[Any]:
    said = language(request)
    sentence = refusal.sentence.say(said)
    if isinstance(refusal, NotFound):
        return _answer(request, Trouble(404, sentence.rstrip("。."), say(said, "web.refusal_next")))
    title = _title(said, refusal.status)
    return _answer(request, Trouble(refusal.status, title, sentence, forms.faults(refusal, said), link=refusal.link))


def by_protocol(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """404 and 405 of the router, 413, 429 and what else Litestar says itself; its own wording stays inside."""
    if error.status_code >= 500:
        return unforeseen(request, error, error.status_code)
    said, status = language(request), error.status_code
    key = f"web.detail_{status}" if f"web.detail_{status}" in catalogue() else "web.detail_400"
    headers = {name: value for name, value in (error.headers or {}).items() if name.lower() in ("allow", "retry-after")}
    return _answer(request, Trouble(status, _title(said, status), say(said, key), headers=headers))


def overloaded(request: AnyRequest, error: Exception) -> Response[Any]:
    _log(request, error, reference := _reference(), 503)
    said = language(request)
    headers = {"Retry-After": str(RETRY_AFTER)}
    return _answer(request, Trouble(503, _title(said, 503), say(said, "web.detail_503"), {}, reference, headers))


def unforeseen(request: AnyRequest, error: Exception, status: int = 500) -> Response[Any]:
    _log(request, error, reference := _reference(), status)
    said = language(request)
    return _answer(request, Trouble(status, _title(said, status), say(said, "web.detail_500"), {}, reference))


def wants_problem(request: AnyRequest) -> bool:
    accepted = request.headers.get("accept", "")
    return request.scope["path"].startswith("/api/") or ("json" in accepted and "text/html" not in accepted)


def _answer(request: AnyRequest, trouble: Trouble) -> Response[Any]:
    if wants_problem(request):
        return _problem(trouble)
    headers = dict(trouble.headers)
    if wants_fragment(request):
        headers |= {"HX-Retarget": "#said", "HX-Reswap": "innerHTML"}
    return page(request, "web/error.html", fragment="banner", status=trouble.status, headers=headers, trouble=trouble)


def _problem(trouble: Trouble) -> Response[Any]:
    body: dict[str, Any] = {"type": "about:blank", "title": trouble.title, "status": trouble.status}
    body["detail"] = trouble.detail
    if trouble.faults:
        body["errors"] = [{"field": field, "message": text} for field, text in trouble.faults.items()]
    if trouble.link:
        body["link"] = trouble.link
    if trouble.reference:
        body["reference"] = trouble.reference
    return Response(
        msgspec.json.encode(body),
        media_type="application/problem+json",
        status_code=trouble.status,
        headers={"Cache-Control": "private, no-store", **trouble.headers},
    )


def _title(said: str, status: int) -> str:
    key = f"web.title_{status}"
    return say(said, key if key in catalogue() else "web.title_400")


def _reference() -> str:
    text = secrets.token_hex(4).upper()
    return f"{text[:4]}-{text[4:]}"


def _log(request: AnyRequest, error: BaseException, reference: str, status: int) -> None:
    route = request.scope.get("path_template", "unknown route")
    _LOG.error("%s %s %s status=%s\n%s", reference, request.method, route, status, places(error))
