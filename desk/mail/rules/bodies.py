"""What a part carries, with its transfer encoding taken off."""

import binascii

from desk.mail.rules import charsets, uuencoded, words
from desk.mail.rules.parts import Part


def content(raw: bytes, part: Part) -> bytes:
    body = raw[part.start : part.stop]
    match part.headers.last("content-transfer-encoding").strip().lower().split(b" ")[0].strip(b"\"';"):
        case b"base64":
            return words.base64(body, tails=(b"",))
        case b"quoted-printable":
            return binascii.a2b_qp(body)
        case b"x-uuencode" | b"x-uue" | b"uuencode" | b"uue":
            return uuencoded.whole(body)
    return body


def is_garbled(raw: bytes, part: Part) -> bool:
    """Words of which a fifth or more could not be read."""
    told = text(raw, part)
    return told.count("\ufffd") * 5 > len(told.strip())


def text(raw: bytes, part: Part) -> str:
    """Lines end with a line feed; NUL, which PostgreSQL does not store, is left out."""
    told = charsets.decode(content(raw, part), part.params.get("charset", ""))
    return told.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
