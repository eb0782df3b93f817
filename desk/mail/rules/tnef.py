"""Outlook's winmail.dat: files and the body that it wraps."""

import logging

from tnefparse import TNEF

from desk.mail.rules.letters import Attachment

UNNAMED = "Untitled Attachment"

logging.getLogger("tnefparse").setLevel(logging.CRITICAL)  # it quotes what it could not read


def unwrapped(content: bytes) -> list[Attachment]:
    """Empty when it cannot be read, whatever the library raises: then winmail.dat itself is attached."""
    try:
        envelope = TNEF(content, do_checksum=False)
    except Exception:
        return []
    found = [_file(one) for one in envelope.attachments]
    for extension, kind in (("html", "text/html"), ("rtf", "application/rtf")):
        body = _body(envelope, f"{extension}body")
        if body:
            found.append(Attachment(f"body.{extension}", kind, len(body), body))
            break
    return found


def _file(one: object) -> Attachment:
    data = bytes(getattr(one, "data", b"") or b"")
    try:
        name = one.long_filename() or getattr(one, "name", "")  # type: ignore[attr-defined]
    except Exception:
        name = ""
    if isinstance(name, bytes):
        name = name.decode("utf-8", "replace")
    name = str(name).replace("\x00", "").strip()
    return Attachment(name or UNNAMED, "application/octet-stream", len(data), data)


def _body(envelope: object, name: str) -> bytes:
    try:
        body = getattr(envelope, name, b"") or b""
    except Exception:
        return b""
    return body.encode("utf-8", "replace") if isinstance(body, str) else bytes(body)
