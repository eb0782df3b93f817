"""Mailboxes to fetch from, as DESK_IMAP_URL names them (RFC 5092, as far as it goes). Percent signs are decoded.

imaps://user:password@host:993/INBOX
imaps://user:refresh-token@host/INBOX?auth=xoauth2&token_url=https://login.example/token&client_id=...&scope=...
imaps://user@host/INBOX?auth=xoauth2&token_url=...&client_id=...&client_secret=...   (client credentials, RFC 6749 4.4)
"""

from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import parse_qsl, unquote, urlsplit

from desk.i18n import Refused

PORTS = {"imap": 143, "imaps": 993}
LONGEST_NAME = 64


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """Where an access token comes from (XOAUTH2). The mailbox's password is then the refresh token, or empty."""

    url: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    scope: str = ""


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    host: str
    port: int
    tls: bool
    user: str
    password: str = field(repr=False)
    folder: str
    tokens: Tokens | None = None

    @property
    def name(self) -> str:
        """Of its channel. Without secrets, and no longer than the column."""
        name = f"imap:{self.host}/{self.user}/{self.folder}"
        return name if len(name) <= LONGEST_NAME else f"{name[:51]}~{sha256(name.encode()).hexdigest()[:12]}"

    @property
    def recipient(self) -> str:
        return self.user if "@" in self.user else f"{self.user}@{self.host}"

    @property
    def is_near(self) -> bool:
        """On this machine: here alone may a password travel in the clear."""
        return is_near(self.host)


def is_near(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def read(url: str, place: int) -> Mailbox:
    """`place` counts from 1. Refused with a sentence that says which one it is and never what is in it."""
    try:
        return _read(url)
    except ValueError as fault:
        raise Refused("mail.bad_imap_url", n=place, why=str(fault)) from None


def _read(url: str) -> Mailbox:
    parts = urlsplit(url)
    if not parts.hostname or not parts.username:
        raise ValueError("user, host")
    asked = dict(parse_qsl(parts.query))
    tokens = _tokens(asked) if asked.get("auth", "").lower() == "xoauth2" else None
    if not parts.password and not (tokens and tokens.client_secret):
        raise ValueError("password")
    return Mailbox(
        host=parts.hostname,
        port=_port(parts.netloc) or PORTS[parts.scheme],
        tls=parts.scheme == "imaps",
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        tokens=tokens,
    )


def _port(netloc: str) -> int | None:
    """urlsplit would quote a bad one, which is a piece of the password when that has an @ or a colon in it."""
    _, colon, text = netloc.rpartition("@")[2].rpartition(":")
    if not colon or text.endswith("]"):
        return None
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ValueError("port")
    return int(text)


def _tokens(asked: dict[str, str]) -> Tokens:
    url, client_id = asked.get("token_url", ""), asked.get("client_id", "")
    where = urlsplit(url)
    if where.scheme != "https" and not (where.scheme == "http" and is_near(where.hostname or "")):
        raise ValueError("token_url")
    if not client_id:
        raise ValueError("client_id")
    secret = asked.get("client_secret", "")
    return Tokens(url=url, client_id=client_id, client_secret=secret, scope=asked.get("scope", ""))
