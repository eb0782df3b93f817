"""A request's body: form fields and files, or one JSON object. Read once, kept for the rest of the request."""

from typing import Any
from urllib.parse import parse_qsl

import msgspec
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException
from litestar.exceptions.http_exceptions import RequestEntityTooLarge

from desk.i18n import Refused
from desk.web.viewer import AnyRequest

MAX_FIELDS = 500
MAX_DEPTH = 16  # of lists and objects within each other; what a door reads has three
Field = str | UploadFile
Fields = dict[str, list[Field]]


class Malformed(Refused):
    """A body that cannot be read at all; no form of ours sends it."""

    status = 400


class WrongType(Refused):
    status = 415


async def fields(request: AnyRequest) -> Fields:
    """Name -> what was sent under it, in order. Raises Malformed.

    Not request.form() for url-encoded bodies: Litestar keeps the last 1,024 of them, passwords too, in an lru_cache.
    """
    state = request.scope["state"]
    if "fields" not in state:
        state["fields"] = await _outcome(request)
    found: Fields | Exception = state["fields"]
    if isinstance(found, Exception):
        raise found
    return found


async def _outcome(request: AnyRequest) -> Fields | Exception:
    """A failure too is kept: whoever reads a stream to its end a second time waits for ever."""
    try:
        return await _read(request)
    except (Malformed, RequestEntityTooLarge) as failure:
        return failure


async def _read(request: AnyRequest) -> Fields:
    try:
        match request.content_type[0]:
            case RequestEncodingType.URL_ENCODED:
                found = _url_encoded(await request.body())
            case RequestEncodingType.MULTI_PART:
                form = await request.form()
                found = {name: list(form.getall(name)) for name in form}
            case _:
                found = {}
    except RequestEntityTooLarge:
        raise
    except (UnicodeDecodeError, LookupError, ValueError, ClientException) as broken:
        raise Malformed("web.malformed") from broken
    if any("\0" in text for name, values in found.items() for text in (name, *values) if isinstance(text, str)):
        raise Malformed("web.malformed")
    return found


def _url_encoded(body: bytes) -> Fields:
    found: Fields = {}
    pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


async def json_object(request: AnyRequest) -> dict[str, Any]:
    """Raises WrongType for anything that is not JSON, Malformed for what is no object, too deep, or has NUL."""
    if request.content_type[0] != RequestEncodingType.JSON:
        raise WrongType("web.send_json")
    try:
        found = msgspec.json.decode(await request.body())
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as broken:
        raise Malformed("web.malformed_json") from broken
    if not isinstance(found, dict) or not _is_sound(found):
        raise Malformed("web.malformed_json")
    return found


def _is_sound(found: object) -> bool:
    """Without NUL, which no column takes, and no deeper than any door reads. Level by level, not by recursion."""
    level = [found]
    for _ in range(MAX_DEPTH):
        if any("\0" in one for one in level if isinstance(one, str)):
            return False
        level = [part for one in level for part in _parts(one)]
    return not level


def _parts(value: object) -> list[object]:
    match value:
        case dict():
            return [part for pair in value.items() for part in pair]
        case list():
            return value
    return []
