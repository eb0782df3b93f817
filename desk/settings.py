"""The environment, read once into one frozen value. Every setting is listed here and in README.md."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

EXAMPLE_SECRET = "change-me-before-anybody-else-can-reach-this-desk"


class BadSetting(ValueError):
    """A setting whose value cannot be used; the text names it and says what it should be."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    data: Path  # DESK_DATA: folder of everything that is kept
    host: str  # DESK_HOST: the address web listens on
    port: int  # DESK_PORT
    database_url: str | None  # DESK_DATABASE_URL: None means the embedded PostgreSQL under `data`
    valkey_url: str | None  # DESK_VALKEY_URL: None means the embedded Valkey under `data`
    files_url: str  # DESK_FILES_URL: object store for attachments
    base_url: str  # DESK_BASE_URL: what people type, used in links and for the Origin check
    secret: str  # DESK_SECRET: signs cookies and form tokens
    production: bool  # DESK_PRODUCTION: refuse example secrets and test clocks
    language: str  # DESK_LANGUAGE: for whoever has not chosen one
    zone: str  # DESK_ZONE: IANA zone for whoever has not chosen one
    proxies: tuple[str, ...]  # DESK_PROXIES: addresses whose X-Forwarded-For is believed
    clock: Path | None  # DESK_CLOCK: file that holds the time, for tests only
    mail_address: str  # DESK_MAIL_ADDRESS: the desk's own; addresses that answers go to are made of it
    mail_listen: tuple[str, int] | None  # DESK_MAIL_LISTEN: host:port where letters are taken by SMTP; None: nowhere
    mail_trust: tuple[str, ...]  # DESK_MAIL_TRUST: servers whose Authentication-Results are believed
    mail_inside: tuple[str, ...]  # DESK_MAIL_INSIDE: domains of the house; letters there carry words of tier 2 as well
    smtp_url: str | None  # DESK_SMTP_URL: where letters are handed over; None: they stay on the page of the outbox
    imap_urls: tuple[str, ...]  # DESK_IMAP_URL: mailboxes to fetch from
    webhook_hosts: tuple[str, ...]  # DESK_WEBHOOK_HOSTS: host:port of own chats in private networks or without TLS
    mail_drop: Path | None  # DESK_MAIL_DROP: a folder in which each file is a letter


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name, str(default))
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise BadSetting(f"{name} is {text!r}; it must be a port number between 1 and 65535.")
    return int(text)


def _flag(env: Mapping[str, str], name: str) -> bool:
    text = env.get(name, "0")
    if text not in ("0", "1"):
        raise BadSetting(f"{name} is {text!r}; it must be 0 or 1.")
    return text == "1"


def _address(env: Mapping[str, str]) -> str:
    text = env.get("DESK_MAIL_ADDRESS") or "desk@desk.localhost"
    local, at, domain = text.partition("@")
    if not (local and at and domain) or "+" in local or "@" in domain or not text.isascii() or " " in text:
        raise BadSetting(
            f"DESK_MAIL_ADDRESS is {text!r}; it must be one address without a plus, such as desk@example.com."
        )
    return text.lower()


def _listen(env: Mapping[str, str], port: int) -> tuple[str, int] | None:
    text = env.get("DESK_MAIL_LISTEN") or f"127.0.0.1:{port + 25}"
    if text == "none":
        return None
    host, colon, number = text.rpartition(":")
    if not (host and colon and number.isdecimal() and 0 < int(number) < 65536):
        raise BadSetting(f"DESK_MAIL_LISTEN is {text!r}; it must be host:port, or none.")
    return host, int(number)


def _urls(env: Mapping[str, str], name: str, *schemes: str) -> tuple[str, ...]:
    urls = tuple(part for part in env.get(name, "").split() if part)
    for url in urls:
        if url.partition("://")[0] not in schemes:
            raise BadSetting(f"{name} must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}.")
    return urls


def _hosts(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    hosts = tuple(env.get(name, "").lower().split())
    for one in hosts:
        host, colon, port = one.rpartition(":")
        if not (host and colon and port.isdecimal()) or "/" in one:
            raise BadSetting(f"{name} has {one!r}; it must be host:port, several separated by spaces.")
    return hosts


def read(env: Mapping[str, str]) -> Settings:
    """The settings of an environment. Raises BadSetting with a sentence."""
    data = Path(env.get("DESK_DATA", "var")).absolute()
    port = _number(env, "DESK_PORT", 8000)
    production = _flag(env, "DESK_PRODUCTION")
    secret = env.get("DESK_SECRET", EXAMPLE_SECRET)
    if production and (secret == EXAMPLE_SECRET or len(secret) < 32):
        raise BadSetting("DESK_SECRET must be at least 32 characters of your own in production.")
    if production and "DESK_CLOCK" in env:
        raise BadSetting("DESK_CLOCK is for tests only and refused in production.")
    language = env.get("DESK_LANGUAGE", "zh-CN")
    if language not in ("zh-CN", "en"):
        raise BadSetting(f"DESK_LANGUAGE is {language!r}; it must be zh-CN or en.")
    smtp = _urls(env, "DESK_SMTP_URL", "smtp", "smtps")
    if len(smtp) > 1:
        raise BadSetting("DESK_SMTP_URL names one server.")
    return Settings(
        data=data,
        host=env.get("DESK_HOST", "127.0.0.1"),
        port=port,
        database_url=env.get("DESK_DATABASE_URL") or None,
        valkey_url=env.get("DESK_VALKEY_URL") or None,
        files_url=env.get("DESK_FILES_URL") or (data / "files").as_uri(),
        base_url=(env.get("DESK_BASE_URL") or f"http://127.0.0.1:{port}").rstrip("/"),
        secret=secret,
        production=production,
        language=language,
        zone=env.get("DESK_ZONE", "Asia/Shanghai"),
        proxies=tuple(part for part in env.get("DESK_PROXIES", "").split(",") if part),
        clock=Path(env["DESK_CLOCK"]) if env.get("DESK_CLOCK") else None,
        mail_address=_address(env),
        mail_listen=_listen(env, port),
        mail_trust=tuple(part.strip().lower() for part in env.get("DESK_MAIL_TRUST", "").split(",") if part.strip()),
        mail_inside=tuple(part.lower() for part in env.get("DESK_MAIL_INSIDE", "").split()),
        smtp_url=smtp[0] if smtp else None,
        imap_urls=_urls(env, "DESK_IMAP_URL", "imap", "imaps"),
        webhook_hosts=_hosts(env, "DESK_WEBHOOK_HOSTS"),
        mail_drop=Path(env["DESK_MAIL_DROP"]).absolute() if env.get("DESK_MAIL_DROP") else None,
    )


@cache
def current() -> Settings:
    return read(os.environ)
