"""By what a letter is known again when it comes twice."""

import hashlib

from desk.mail.rules import headers, ids
from desk.mail.rules.headers import Headers
from desk.mail.rules.limits import Unread

MOST_OF_ID = 998  # bytes: a line of a letter (RFC 5322), which an index still takes
MOST = 65_536  # bytes of headers without an end


def block(content: bytes) -> tuple[Headers, bytes]:
    """The headers and what is below them, in time that grows with their length; of endless headers, the first."""
    try:
        end, body = headers.end_of_block(content, 0, len(content))
    except Unread:
        return headers.parse(content[:MOST]), content
    return headers.parse(content[:end]), content[body:]


def head(content: bytes) -> bytes:
    """The headers as they came; of endless ones, the first."""
    try:
        end, _ = headers.end_of_block(content, 0, len(content))
    except Unread:
        end = MOST
    return content[:end]


def of(content: bytes) -> tuple[str, str]:
    """(message id, digest of what is below the headers). Without an id, one that the bytes make."""
    fields, body = block(content)
    told = ids.message_id(fields).replace("\x00", "")
    if len(told.encode()) > MOST_OF_ID:
        told = f"{hashlib.sha256(told.encode()).hexdigest()}@longer.invalid"
    return told or f"{hashlib.sha256(content).hexdigest()}@letter.invalid", hashlib.sha256(body).hexdigest()
