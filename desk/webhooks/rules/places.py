"""Where a call may go: https to what everybody may reach, unless the operator has listed the host (SSRF)."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from desk.i18n import Invalid, Sentence

LONGEST = 1000
_HOST = re.compile(r"(?!-)[a-z0-9.-]{1,253}|\[[0-9a-f:.]+\]")
_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))  # an IPv4 address within: NAT64


@dataclass(frozen=True)
class Place:
    host: str
    port: int
    tls: bool
    path: str  # with the query

    @property
    def named(self) -> str:
        """As the operator lists it."""
        return f"{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


def place(address: str, listed: Collection[str] = ()) -> Place:
    """Raises Invalid, with a sentence about the field `address`."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise _fault("webhooks.address_unreadable") from None
    named = f"[{host}]" if ":" in host else host
    unreadable = not host or not _HOST.fullmatch(named) or parts.username is not None or parts.fragment
    if unreadable or not address.isascii() or not address.isprintable() or " " in address or len(address) > LONGEST:
        raise _fault("webhooks.address_unreadable")
    found = Place(host, port or (80 if parts.scheme == "http" else 443), parts.scheme == "https", _path(parts))
    if found.named in listed and parts.scheme in ("http", "https"):
        return found
    if not found.tls:
        raise _fault("webhooks.address_https")
    if is_literal(host) and not is_public(host):
        raise _fault("webhooks.address_private")
    return found


def is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_public(address: str) -> bool:
    """Of an address that a name led to: reachable by everybody, and hiding no other one."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in (found, *_within(found)))


def _within(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """IPv4 addresses that an IPv6 one stands for."""
    if isinstance(address, IPv4Address):
        return []
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in network for network in _TRANSLATED) or int(address) >> 32 == 0:
        inner.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in inner if one is not None]


def _path(parts: object) -> str:
    path, query = parts.path or "/", parts.query  # type: ignore[attr-defined]
    return f"{path}?{query}" if query else path


def _fault(key: str) -> Invalid:
    return Invalid({"address": Sentence(key)})
