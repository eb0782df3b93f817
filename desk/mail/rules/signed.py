"""Addresses and ids that only this desk can have made: they bind an answer to a request and to one person.

What they say is signed (an HMAC of 80 bits) and sealed with a stream made of that signature (as RFC 5297 does): the
same facts give the same text, and nobody learns from two letters how many entries of the journal lie between them.
Local parts stay below 64 characters (RFC 5321). Letter case is not kept by every server: all is lower case.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Collection
from dataclasses import dataclass

_SEALED = re.compile(r"([a-z])\.([a-z2-7]{36})")
REPLY_ADDRESS = re.compile(r"\+r\.[a-z2-7]{36}@[\w.\-]{1,200}", re.I)  # where it stands in a text, from the plus on
_TAG = 10  # bytes
_REPLY, _BOUNCE, _LETTER = "r", "b", "m"


@dataclass(frozen=True)
class Mark:
    """`what`: of a reply address the request's number, else the id of what was sent."""

    what: int
    person: int


@dataclass(frozen=True)
class Signer:
    secret: str
    address: str  # the desk's own

    @property
    def instance(self) -> str:
        """X-Desk-Instance: by it the desk knows its own letters, whichever way they come back."""
        return hmac.new(self.secret.encode(), b"instance", hashlib.sha256).hexdigest()[:20]

    def reply_address(self, number: int, person: int) -> str:
        """Where this person's answers to a request go. Whoever writes there is taken for this person."""
        return self._address(_REPLY, number, person)

    def read_reply_address(self, address: str) -> Mark | None:
        return self._read_address(_REPLY, address)

    def bounce_address(self, sending: int, person: int) -> str:
        """The envelope's sender (VERP): a report that comes here says whose letter did not arrive."""
        return self._address(_BOUNCE, sending, person)

    def read_bounce_address(self, address: str) -> Mark | None:
        return self._read_address(_BOUNCE, address)

    def message_id(self, entry: int, person: int) -> str:
        """Without brackets. The same for each try, so that a letter that is sent again is the same letter."""
        return f"{self._signed(_LETTER, entry, person)}@{self._domain}"

    def read_message_id(self, text: str) -> Mark | None:
        local, _, domain = text.strip("<> ").lower().rpartition("@")
        return self._read(_LETTER, local) if domain == self._domain else None

    @property
    def _domain(self) -> str:
        return self.address.rpartition("@")[2]

    def _address(self, kind: str, what: int, person: int) -> str:
        local, _, domain = self.address.rpartition("@")
        return f"{local}+{self._signed(kind, what, person)}@{domain}"

    def _read_address(self, kind: str, address: str) -> Mark | None:
        own, _, domain = self.address.rpartition("@")
        local, _, other = address.strip("<> ").lower().rpartition("@")
        name, plus, rest = local.partition("+")
        return self._read(kind, rest) if plus and (name, other) == (own, domain) else None

    def _signed(self, kind: str, what: int, person: int) -> str:
        facts = what.to_bytes(8, "big") + person.to_bytes(4, "big")
        tag = self._hash(b"letter", kind.encode(), facts)[:_TAG]
        return f"{kind}.{_letters(tag + self._sealed(facts, tag))}"

    def _read(self, kind: str, text: str) -> Mark | None:
        found = _SEALED.fullmatch(text)
        if found is None or found[1] != kind:
            return None
        signed = base64.b32decode(found[2].upper() + "====")
        facts = self._sealed(signed[_TAG:], signed[:_TAG])
        mark = Mark(int.from_bytes(facts[:8], "big"), int.from_bytes(facts[8:], "big"))
        return mark if hmac.compare_digest(self._signed(kind, mark.what, mark.person), text) else None

    def _sealed(self, facts: bytes, tag: bytes) -> bytes:
        """Sealed, or opened again."""
        stream = self._hash(b"stream", tag)
        return bytes(one ^ other for one, other in zip(facts, stream, strict=False))

    def _hash(self, *parts: bytes) -> bytes:
        return hmac.new(self.secret.encode(), b" ".join(parts), hashlib.sha256).digest()


def _letters(signed: bytes) -> str:
    return base64.b32encode(signed).decode().lower().rstrip("=")


def is_ours(message_id: str, domains: Collection[str]) -> bool:
    """By its form: for who knows no secret. The domain alone proves nothing, coworkers' clients write it too."""
    local, _, domain = message_id.strip("<> ").lower().rpartition("@")
    found = _SEALED.fullmatch(local)
    return found is not None and found[1] == _LETTER and domain in domains
