"""Services as the one box suggests them."""

from urllib.parse import urlencode

from msgspec import Struct

from desk.catalog.rules.offers import offer
from desk.catalog.rules.service import Service
from desk.tickets.routes.telling import Teller


class Find(Struct, frozen=True):
    href: str
    icon: str
    name: str
    scope: str
    reply: str
    resolution: str


def find(service: Service, by: Teller, q: str = "") -> Find:
    """`q`: the words that were typed; they become the title."""
    shown = offer(service, by.language)
    query = {"service": service.code} | ({"q": q} if q else {})
    return Find(
        href=f"/new?{urlencode(query)}",
        icon=service.icon,
        name=shown.name,
        scope=f"{shown.department} · {shown.scope}",
        reply=shown.reply,
        resolution=shown.resolution,
    )


def own_words(q: str) -> str:
    """Where words that fit no service are filed as they stand."""
    return f"/new?{urlencode({'service': 'any'} | ({'q': q} if q else {}))}"
