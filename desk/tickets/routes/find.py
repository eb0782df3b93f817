"""Find by number. Whether there is such a request, only its own page may say."""

import re
import unicodedata
from typing import Annotated
from urllib.parse import urlencode

from litestar import Response, get
from litestar.params import QueryParameter

from desk.web.page import see
from desk.web.viewer import AnyRequest

_NUMBER = re.compile(r"#?\s*(\d{1,15})")


@get("/find", include_in_schema=False)
async def find(request: AnyRequest, number: Annotated[str, QueryParameter(max_length=200)] = "") -> Response[str]:
    """A number leads to its request, words to the services that fit them."""
    words = unicodedata.normalize("NFKC", number).strip()
    found = _NUMBER.fullmatch(words)
    return see(request, f"/requests/{int(found[1])}" if found and int(found[1]) else f"/?{urlencode({'q': words})}")
