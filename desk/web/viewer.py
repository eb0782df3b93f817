"""Who looks at the page, as far as the layout must know. `accounts` puts it on request.state.viewer."""

import re
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from msgspec import Struct

from desk import db, settings

Connection = ASGIConnection[Any, Any, Any, Any]
AnyRequest = Request[Any, Any, Any]
Asks = NamedDependency[db.Reader]
"""What a door takes to open its transaction: `reader: Asks`."""
STAFF = {"staff": True}
"""`opt` of a door that no guest enters, whatever stands behind it."""


class NavEntry(Struct, frozen=True):
    key: str  # pressed after G
    href: str
    icon: str  # name in icons.svg
    label: str  # already in the viewer's language
    count: str = ""  # "14", "999+", or nothing
    current: bool = False


class Viewer(Struct, frozen=True):
    name: str
    login: str
    language: str  # zh-CN, en
    theme: str  # auto, light, dark
    zone: str  # IANA
    role: str = ""  # a line under the name: the department and what one is there
    nav: tuple[NavEntry, ...] = ()
    unread_url: str = ""  # the fragment with the unread count
    administers: bool = False
    live_url: str = ""  # the stream of "something you can read changed"


def viewer(connection: Connection) -> Viewer | None:
    """None for whoever has not signed in."""
    found = connection.scope["state"].get("viewer")
    return found if isinstance(found, Viewer) else None


def language(connection: Connection) -> str:
    """The viewer's language, else ?lang=, else what the browser prefers, else DESK_LANGUAGE."""
    if known := viewer(connection):
        return known.language
    wishes = [connection.query_params.get("lang", ""), *_accepted(connection.headers.get("accept-language", ""))]
    for wish in wishes:
        if wish.lower().startswith("zh"):
            return "zh-CN"
        if wish.lower().startswith("en"):
            return "en"
    return settings.current().language


def _accepted(header: str) -> list[str]:
    """RFC 9110 12.5.4, best first."""
    weighed = []
    for part in header.split(",")[:20]:
        tag, _, weight = part.partition(";")
        q = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", weight)
        weighed.append((-float(q[1]) if q else -1.0, tag.strip()))
    return [tag for q, tag in sorted(weighed, key=lambda pair: pair[0]) if q < 0]
