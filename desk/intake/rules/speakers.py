"""Who speaks: From is a claim (spec mail, item 15)."""

from collections.abc import Collection

from msgspec import Struct

from desk.mail.rules import senders
from desk.mail.rules.letters import Envelope


class Speaker(Struct, frozen=True, kw_only=True):
    """`verified`: one of our servers vouches for the address, or the letter came to an address made for this person."""

    person: int
    name: str
    language: str
    guest: bool
    verified: bool


def is_verified(envelope: Envelope, *, trusted: Collection[str], bound_to: Collection[int], person: int) -> bool:
    """Two authors prove nothing; what a server of ours found to be forged, no signed address mends."""
    if not envelope.sole_author:
        return False
    vouches = envelope.verdicts.server in trusted
    if vouches and senders.has_failed(envelope.verdicts):
        return False
    return person in bound_to or senders.is_verified(envelope.verdicts, envelope.from_addr, frozenset(trusted))
