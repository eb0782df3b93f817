"""Encoded words of headers (RFC 2047) as found in the wild: split characters, no padding, inside quotes, unlabelled."""

import binascii
import re

from desk.mail.rules import charsets

WORD = re.compile(r"=\?([^?\s=]{1,60})\?([bBqQ])\?([^?]*)\?=")
RAW_WORD = re.compile(rb"(=\?[^?\s=]{1,60}\?[qQ]\?)([^?]*[\x80-\xff][^?]*)(?=\?=)")
HIGH = re.compile(rb"[\x80-\xff]")
SPACES = re.compile(r"[ \t\r\n]+")


def decode(value: str) -> str:
    """Text with every encoded word read; neighbours of one charset are one run of bytes: a character may be split."""
    if "=?" not in value:
        return value
    told: list[str] = []
    run, label, end = bytearray(), "", 0
    for word in WORD.finditer(value):
        between = value[end : word.start()]
        charset = word[1].partition("*")[0].lower()
        if run and (between.strip(" \t\r\n") or charset != label):
            told.append(charsets.decode(bytes(run), label))
            run.clear()
        told.append(between if between.strip(" \t\r\n") or end == 0 else "")
        run += _bytes(word[2], word[3])
        label, end = charset, word.end()
    if run:
        told.append(charsets.decode(bytes(run), label))
    return "".join(told) + value[end:]


def field(raw: bytes, own: str = "") -> str:
    """A header as text, its encoded words left encoded, also those that hold raw bytes; `own` as in `charsets`."""
    if b"=?" in raw and HIGH.search(raw):
        raw = RAW_WORD.sub(lambda word: word[1] + HIGH.sub(lambda byte: b"=%02X" % byte[0][0], word[2]), raw)
    return charsets.decode_field(raw, own)


def from_bytes(raw: bytes, own: str = "") -> str:
    """A whole unstructured field; `own` is the charset of the letter."""
    return SPACES.sub(" ", decode(field(raw, own))).strip()


def _bytes(encoding: str, payload: str) -> bytes:
    if encoding in "qQ":
        return binascii.a2b_qp(payload.replace("_", " ").encode("utf-8", "replace"), header=False)
    return base64(payload.encode("ascii", "replace"))


def base64(payload: bytes, tails: tuple[bytes, ...] = (b"", b"==", b"=")) -> bytes:
    """Whatever of it can be read: unpadded, one letter too long, with garbage between."""
    for tail in tails:
        try:
            return binascii.a2b_base64(payload + tail)
        except binascii.Error:
            continue
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", payload)
    return binascii.a2b_base64(letters[: len(letters) // 4 * 4])
