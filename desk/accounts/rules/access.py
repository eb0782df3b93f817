import hashlib
from collections.abc import Collection
from datetime import timedelta
from ipaddress import IPv4Address, ip_address, ip_network

from desk.i18n import Forbidden, Invalid, Refused, Sentence

IDLE = timedelta(hours=8)
SESSION = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=1)  # a session or token writes its last use at most so often

INVITATION, RESET = "invitation", "reset"
LONGEST_TOKEN = 365  # days

ACCOUNT_TRIES, ACCOUNT_SPAN = 5, timedelta(minutes=15)
ADDRESS_TRIES, ADDRESS_SPAN = 50, timedelta(hours=1)
LINKS_MADE, LINKS_SPAN = 3, timedelta(hours=1)


class NotSignedIn(Refused):
    status = 401

    def __init__(self) -> None:
        super().__init__("accounts.sign_in_first")


class TooMany(Refused):
    status = 429


def digest(secret: str) -> bytes:
    """All that is kept of a session, link or token. A plain hash will do: the secret has at least 160 random bits."""
    return hashlib.sha256(secret.encode()).digest()


def mark(digested: bytes) -> str:
    """What a page calls a session or a token: it opens nothing."""
    return digested[:8].hex()


def link_life(kind: str) -> timedelta:
    return timedelta(days=7) if kind == INVITATION else timedelta(minutes=60)


def source(address: str) -> str:
    """What tries are counted by: an IPv4 address, or the /64 of an IPv6 one, of which a household has them all."""
    try:
        known = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(known, IPv4Address) or known.ipv4_mapped:
        return str(known)
    return str(ip_network((known, 64), strict=False))


def check_tries(of_account: int, from_address: int) -> None:
    """Failed tries within ACCOUNT_SPAN and ADDRESS_SPAN. Never a lasting lock. Raises TooMany."""
    if of_account >= ACCOUNT_TRIES or from_address >= ADDRESS_TRIES:
        raise TooMany("accounts.too_many_tries")


def check_links_made(lately: int) -> None:
    """Raises TooMany after LINKS_MADE links for one person within LINKS_SPAN."""
    if lately >= LINKS_MADE:
        raise TooMany("accounts.too_many_links")


def check_may_invite(roles: Collection[str]) -> None:
    """A link lets whoever holds it in as somebody: administrators only. Raises Forbidden."""
    if "administrator" not in roles:
        raise Forbidden("accounts.may_not_invite")


def check_no_guest(*, guest: bool) -> None:
    """Raises Forbidden."""
    if guest:
        raise Forbidden("accounts.staff_only")


def check_own(by: int | None, person: int) -> None:
    """One's own access, or the operator's doing at the shell (None). Raises Forbidden."""
    if by not in (None, person):
        raise Forbidden("accounts.not_yours")


def check_token(name: str, *, cap: int, days: int) -> None:
    """Raises Invalid."""
    faults: dict[str, Sentence] = {}
    if not 0 < len(name.strip()) <= 80:
        faults["name"] = Sentence("accounts.bad_token_name")
    if not 0 <= cap <= 4:
        faults["cap"] = Sentence("accounts.bad_token_tier")
    if not 1 <= days <= LONGEST_TOKEN:
        faults["days"] = Sentence("accounts.bad_token_days", most=LONGEST_TOKEN)
    if faults:
        raise Invalid(faults)


def check_token_writes(writes: bool, method: str) -> None:
    """Raises Forbidden when a token that only reads asks for a change."""
    if not writes and method not in ("GET", "HEAD", "OPTIONS"):
        raise Forbidden("accounts.token_reads_only")
