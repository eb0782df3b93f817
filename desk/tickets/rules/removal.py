"""Taking words away: who may ask, who may agree, and by what a copy is known again."""

import hashlib
import hmac

from desk.i18n import Forbidden
from desk.tickets.rules.states import HANDLER, Actor


def check_ask(actor: Actor, *, author: int, owner: int) -> None:
    """Whoever wrote the words, or a handler of the department that they belong to. Raises Forbidden."""
    if actor.person != author and not actor.handles(owner):
        raise Forbidden("tickets.removal_not_yours")


def check_agree(actor: Actor, *, asked_by: int, leads_owner: bool, same_line: bool) -> None:
    """A second person: the head of the owner department, or a handler who neither stands above nor below who asks.

    Raises Forbidden.
    """
    if actor.person == asked_by:
        raise Forbidden("tickets.removal_second_person")
    if not leads_owner and (same_line or not any(level >= HANDLER for level in actor.levels.values())):
        raise Forbidden("tickets.removal_other_line")


def key(secret: str) -> bytes:
    """Of its own, so that a keyed hash that became known says nothing about sessions or forms."""
    return hmac.digest(secret.encode(), b"removed words, 1", "sha256")


def key_id(key: bytes) -> str:
    """Which key it was, without telling it: 16 hex digits."""
    return hashlib.sha256(key).hexdigest()[:16]


def mark(key: bytes, content: bytes) -> str:
    """64 hex digits. Only who has the key can make them, so that nobody finds out short words by trying."""
    return hmac.digest(key, hashlib.sha256(content).digest(), "sha256").hex()


def mark_of_digest(key: bytes, digest: str) -> str:
    """Of a file, whose SHA-256 (64 hex digits) is known: the same as the mark of its content."""
    return hmac.digest(key, bytes.fromhex(digest), "sha256").hex()


def check_prove(person: int, *, deciders: tuple[int | None, ...], state: str) -> None:
    """Only words that are gone are proved, and only to the two who decided. Raises Forbidden."""
    if state != "removed" or person not in deciders:
        raise Forbidden("tickets.removal_proof_for_two")


def plain(words: str) -> bytes:
    """As words are kept: a copy that came through a mail or a form is the same copy."""
    return words.strip().replace("\r\n", "\n").encode()
