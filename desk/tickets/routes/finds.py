"""Services as the one box suggests them."""

from urllib.parse import urlencode

from msgspec import Struct

from desk.catalog.rules.service import Service
from desk.sla.rules.targets import Budget, HalfDay, Moment, SameDay, Target
from desk.tickets.routes.telling import Teller

_DAY = 27_000  # business seconds that a reader takes for a working day


class Find(Struct, frozen=True):
    href: str
    icon: str
    name: str
    scope: str
    reply: str
    resolution: str


def find(service: Service, by: Teller, q: str = "") -> Find:
    """`q`: the words that were typed; they become the title."""
    query = {"service": service.code} | ({"q": q} if q else {})
    return Find(
        href=f"/new?{urlencode(query)}",
        icon=service.icon,
        name=service.name(by.language),
        scope=f"{service.department_name(by.language)} · {service.scope(by.language)}",
        reply=by.say("target_reply", target=target(service.reply, by)),
        resolution=by.say("target_resolution", target=target(service.resolution, by)),
    )


def own_words(q: str) -> str:
    """Where words that fit no service are filed as they stand."""
    return f"/new?{urlencode({'service': 'any'} | ({'q': q} if q else {}))}"


def target(of: Target, by: Teller) -> str:
    match of:
        case SameDay(extra_days=0):
            return by.say("target_same_day")
        case SameDay(extra_days=extra):
            return by.say("target_days", n=extra + 1)
        case HalfDay():
            return by.say("target_half_day")
        case Budget(seconds=seconds):
            if seconds % _DAY == 0:
                return by.say("target_days", n=seconds // _DAY)
            return by.say("target_hours", n=max(1, round(seconds / 3600)))
        case Moment():
            return ""
