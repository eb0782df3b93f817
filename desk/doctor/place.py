"""Where this desk runs, as its settings say."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from desk import settings
from desk.i18n import Sentence
from desk.settings import EXAMPLE_SECRET


def faults() -> list[Sentence]:
    now = settings.current()
    found = []
    if now.secret == EXAMPLE_SECRET and not (_loopback(now.host) and _loopback(urlsplit(now.base_url).hostname or "")):
        found.append(Sentence("doctor.example_secret"))
    if now.clock is not None:
        found.append(Sentence("doctor.held_clock", file=now.clock))
    return found


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
