"""By what a letter is known again when it comes twice."""

import hashlib

from desk.mail.rules import headers, ids
from desk.mail.rules.headers import Headers
from desk.mail.rules.limits import Unread

MOST = 65_536  # bytes of headers without an end


def block(content: bytes) -> tuple[Headers, bytes]:
    """The headers and what is below them, in time that grows with their length; of endless headers, the first."""
    try:
        end, body = headers.end_of_block(content, 0, len(content))
    except Unread:
        return headers.parse(content[:MOST]), content
    return headers.parse(content[:end]), content[body:]


def of(content: bytes) -> tuple[str, str]:
    """(message id, digest of what is below the headers). Without an id, one that the bytes make."""
    fields, body = block(content)
    told = ids.message_id(fields)[:990].replace("\x00", "")
    return told or f"{hashlib.sha256(content).hexdigest()}@letter.invalid", hashlib.sha256(body).hexdigest()
