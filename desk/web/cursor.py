"""Where a list goes on, as an address may say it: sealed, since ids of rows never leave the house.

    class Place(NamedTuple):
        of: Literal["notices"]
        last: int

    following = f"/notices?after={cursor.seal('notices', row.id)}"
    last = cursor.unseal(after, Place).last

The first value names the list, so that the place in one opens no place in another. Equal places get equal texts.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, TypeVar

import msgspec

from desk import settings
from desk.i18n import Invalid, Sentence

T = TypeVar("T")
_STEP = 24  # bytes; blanks fill up to it, so that the length of a text does not tell how big an id is
_TAG = 16  # bytes
LONGEST = 400  # signs of a text of ours


def seal(*values: Any) -> str:
    """Of numbers, words and instants, a word for an address."""
    plain = msgspec.json.encode(values)
    plain = plain.ljust(-(-len(plain) // _STEP) * _STEP)
    tag = _tag(plain)
    return urlsafe_b64encode(tag + _turned(plain, tag)).rstrip(b"=").decode()


def unseal(text: str, shape: type[T], *, field: str = "after") -> T:
    """The values as `shape`, a tuple. Raises Invalid about the field for what this desk has not sealed so."""
    try:
        raw = urlsafe_b64decode(text[:LONGEST].encode() + b"=" * (-len(text) % 4))
        tag, plain = raw[:_TAG], _turned(raw[_TAG:], raw[:_TAG])
        if hmac.compare_digest(_tag(plain), tag):
            return msgspec.json.decode(plain, type=shape)
    except (ValueError, msgspec.MsgspecError):
        pass
    raise Invalid({field: Sentence("web.foreign_place")})


def _tag(plain: bytes) -> bytes:
    """Proves that a text is ours, and is the nonce under which it is sealed (as in RFC 5297)."""
    return hmac.digest(settings.current().secret.encode(), b"cursor:" + plain, "sha256")[:_TAG]


def _turned(text: bytes, tag: bytes) -> bytes:
    """Sealed into plain and plain into sealed."""
    key = hmac.digest(settings.current().secret.encode(), b"cursor stream:" + tag, "sha256")
    stream = hashlib.shake_256(key).digest(len(text))
    return bytes(one ^ other for one, other in zip(text, stream, strict=True))
