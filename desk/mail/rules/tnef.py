"""Outlook's winmail.dat: files and the body that it wraps."""

import logging

from tnefparse import TNEF

UNNAMED = "Untitled Attachment"

logging.getLogger("tnefparse").setLevel(logging.CRITICAL)  # it quotes what it could not read


def unwrapped(content: bytes) -> list[tuple[str, bytes]]:
    """Names and contents; none when it cannot be read, whatever the library raises: then winmail.dat is attached."""
    try:
        envelope = TNEF(content, do_checksum=False)
    except Exception:
        return []
    found = [_file(one) for one in envelope.attachments]
    for ending in ("html", "rtf"):
        body = _body(envelope, f"{ending}body")
        if body:
            found.append((f"body.{ending}", body))
            break
    return found


def _file(one: object) -> tuple[str, bytes]:
    data = bytes(getattr(one, "data", b"") or b"")
    try:
        name = one.long_filename() or getattr(one, "name", "")  # type: ignore[attr-defined]
    except Exception:
        name = ""
    if isinstance(name, bytes):
        name = name.decode("utf-8", "replace")
    return str(name).replace("\x00", "").strip() or UNNAMED, data


def _body(envelope: object, name: str) -> bytes:
    try:
        body = getattr(envelope, name, b"") or b""
    except Exception:
        return b""
    return body.encode("utf-8", "replace") if isinstance(body, str) else bytes(body)
