"""Attachments: what they are called, what they hold."""

import hashlib
import io
import zipfile
from collections.abc import Iterable

import msgspec

from desk import media
from desk.mail.rules import bodies, tnef
from desk.mail.rules.letters import Attachment
from desk.mail.rules.limits import MOST_UNPACKED, Reason, Unread
from desk.mail.rules.parts import Part

EXTENSIONS = {
    "message/rfc822": "eml", "text/calendar": "ics", "text/html": "html", "text/plain": "txt", "image/png": "png",
    "image/jpeg": "jpg", "image/gif": "gif", "application/pdf": "pdf", "message/delivery-status": "txt",
    "application/ms-tnef": "dat", "application/pgp-signature": "asc", "application/pkcs7-mime": "p7m",
}  # fmt: skip
TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")


def attachments(raw: bytes, parts: list[Part]) -> list[Attachment]:
    """In the order of the letter, with what a TNEF envelope holds in its place. Raises `Unread` for an archive bomb."""
    found: list[Attachment] = []
    for number, part in enumerate(parts, start=1):
        content = bodies.content(raw, part)
        unwrapped = tnef.unwrapped(content) if _is_tnef(part) else []
        found.extend(attachment(name, held, number) for name, held in unwrapped)
        if not unwrapped:
            found.append(_attachment(part, content, number))
    return found


def attachment(name: str, content: bytes, number: int, said: str = media.ANYTHING) -> Attachment:
    """One that stands in the letter as the `number`th: what it holds is asked of its bytes. Raises `Unread`."""
    check_archive(content)
    named = media.clean_name(name)
    kind = media.kind_of(named, content[:4096], said)
    return Attachment(named or f"attachment-{number}.{EXTENSIONS.get(kind, 'bin')}", kind, len(content), content)


def each_once(found: Iterable[Attachment]) -> list[Attachment]:
    """The same bytes once: under each name that a person gave them, and once for all pictures within the words."""
    kept: dict[tuple[bytes, str], Attachment] = {}
    for one in found:
        key = (hashlib.sha256(one.content).digest(), "" if one.inline else one.filename)
        if key in kept:
            ids = tuple(dict.fromkeys(kept[key].content_ids + one.content_ids))
            kept[key] = msgspec.structs.replace(kept[key], content_ids=ids)
        else:
            kept[key] = one
    return list(kept.values())


def check_archive(content: bytes) -> None:
    """An archive's own directory says how big it becomes; nothing is unpacked."""
    if content[:4] != b"PK\x03\x04":
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return
    if size > MOST_UNPACKED and size > 50 * len(content):
        raise Unread(Reason.BOMB, f"{size} bytes in {len(content)}")


def _is_tnef(part: Part) -> bool:
    return part.kind in TNEF or part.filename.lower() == "winmail.dat"


def _attachment(part: Part, content: bytes, number: int) -> Attachment:
    found = attachment(part.filename, content, number, part.kind)
    named = part.headers.first("content-id").decode("utf-8", "replace").strip("<> ")
    ids = (named,) if named else ()
    return msgspec.structs.replace(found, content_ids=ids, inline=bool(ids) and part.disposition != "attachment")
