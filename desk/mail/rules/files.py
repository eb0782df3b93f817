"""Attachments: what they are called, what they hold."""

import io
import re
import unicodedata
import zipfile

from desk.mail.rules import bodies, tnef
from desk.mail.rules.letters import Attachment
from desk.mail.rules.limits import MOST_UNPACKED, Reason, Unread
from desk.mail.rules.parts import Part

LONGEST_NAME = 200
UNWANTED = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u202a-\u202e\u2066-\u2069\u200b-\u200f]')
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
        check_archive(content)
        unwrapped = tnef.unwrapped(content) if _is_tnef(part) else []
        found.extend(unwrapped or [_attachment(part, content, number)])
    return found


def clean_name(name: str) -> str:
    """Without folders, controls and marks that turn the reading direction; the extension survives a cut."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    last = UNWANTED.sub("", last).strip(" .") or ""
    stem, dot, extension = last.rpartition(".")
    if len(last) > LONGEST_NAME and dot:
        return stem[: LONGEST_NAME - len(extension) - 1] + dot + extension[:20]
    return last[:LONGEST_NAME]


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
    name = clean_name(part.filename) or f"attachment-{number}.{EXTENSIONS.get(part.kind, 'bin')}"
    content_id = part.headers.first("content-id").decode("utf-8", "replace").strip("<> ")
    inline = part.disposition != "attachment" and bool(content_id)
    return Attachment(name, part.kind, len(content), content, content_id, inline)
