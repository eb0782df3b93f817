"""A message as it leaves, and what the answers have in common."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec


@dataclass(frozen=True)
class Target:
    address: str
    secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Outgoing:
    address: str
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def unsigned(target: Target, content: bytes, second: int) -> Outgoing:
    """Where the address itself is the secret."""
    return Outgoing(target.address, content)


def hmac_base64(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def of_status(status: int) -> str:
    """Redirections are not followed, so they are faults too."""
    if 200 <= status < 300:
        return ""
    return "redirected" if 300 <= status < 400 else f"http_{status}"


def of_code(status: int, answer: bytes, *names: str) -> str:
    """Of services that say in the body of a 200 whether they took the message: a number, 0 when they did."""
    if fault := of_status(status):
        return fault
    try:
        told = msgspec.json.decode(answer, type=dict[str, msgspec.Raw])
        codes = [msgspec.json.decode(told[name], type=int) for name in names if name in told]
    except (msgspec.DecodeError, UnicodeDecodeError):
        return "not_understood"
    if not codes:
        return "not_understood"
    return next((f"code_{code}"[:32] for code in codes if code), "")
