"""What the receiving server found out about the sender (RFC 8601, 7489). From is a claim (spec mail, item 15)."""

import re
import string

from desk.mail.rules.headers import Headers
from desk.mail.rules.letters import Verdicts

PLAIN = frozenset(string.ascii_letters + string.digits + "@.-_+")
MOST = 20_000  # characters that are looked at
RESULT = re.compile(r"^\s*(dmarc|spf|dkim)\s*=\s*([a-z]+)", re.I)
PROPERTY = re.compile(r"(?:header\.(?:d|i|from)|smtp\.(?:mailfrom|helo))\s*=\s*\"?([^\s;\"]+)", re.I)


def verdicts(headers: Headers) -> Verdicts:
    """Of the topmost field only: whoever sends a letter can write the others."""
    told = headers.first("authentication-results").decode("utf-8", "replace")
    pieces = _pieces(told)
    server = (pieces[0].split() or [""])[0].lower()
    one = {"dmarc": "", "spf": _received_spf(headers) if not told else "", "spf_domain": ""}
    dkim: list[tuple[str, str]] = []
    for piece in pieces[1:]:
        found = RESULT.match(piece)
        if not found:
            continue
        method, result, domain = found[1].lower(), found[2].lower(), _domain(piece)
        if method == "dkim":
            dkim.append((result, domain))
        elif not one[method]:
            one |= {method: result} | ({"spf_domain": domain} if method == "spf" else {})
    return Verdicts(server=server, dkim=tuple(dkim), **one)


def _received_spf(headers: Headers) -> str:
    """RFC 7208, for servers that write no Authentication-Results."""
    told = headers.first("received-spf").split(None, 1)
    return told[0].decode("utf-8", "replace").strip(";").lower() if told else ""


def has_failed(told: Verdicts) -> bool:
    """DMARC failed; without it, SPF failed and no signature held. Somebody's forgery, or a badly kept domain."""
    if told.dmarc:
        return told.dmarc in ("fail", "permerror")
    signed = any(result == "pass" for result, _ in told.dkim)
    return told.spf in ("fail", "softfail") and not signed


def is_verified(told: Verdicts, from_addr: str, servers: frozenset[str]) -> bool:
    """Whether one of our servers vouches for the domain in From: by DMARC, or an aligned signature or envelope."""
    domain = from_addr.rpartition("@")[2].lower()
    if not domain or told.server not in servers or has_failed(told):
        return False
    if told.dmarc:
        return told.dmarc == "pass"
    signers = [of for result, of in told.dkim if result == "pass"]
    return domain in (*signers, told.spf_domain if told.spf == "pass" else "")


def _domain(piece: str) -> str:
    found = PROPERTY.search(piece)
    return found[1].rpartition("@")[2].lower().rstrip(".") if found else ""


def _pieces(text: str) -> list[str]:
    """What stands between semicolons, without comments at any depth, and without what is quoted unless it is one plain
    word: whoever sends a letter has a say in both. What is never closed swallows the rest.
    """
    kept: list[str] = []
    depth, quote, escaped = 0, -1, False  # `quote`: where it begins
    for sign in text[:MOST]:
        if escaped or sign == "\\":
            escaped = not escaped
        elif quote >= 0 and sign == '"':
            kept[quote:] = kept[quote:] if PLAIN.issuperset(kept[quote:]) else []
            quote = -1
        elif depth:
            depth += (sign == "(") - (sign == ")")
        elif quote < 0 and sign in '("':
            depth, quote = (1, quote) if sign == "(" else (0, len(kept))
        else:
            kept.append(sign)
    return "".join(kept[:quote] if quote >= 0 else kept).split(";")
