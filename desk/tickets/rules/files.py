"""Which files a request takes: by extension and by what the first bytes say (specs/security.md)."""

import re

from desk.i18n import Invalid, Sentence

BYTES = 25 * 1024 * 1024
FILES = 10
_ZIP = (b"PK\x03\x04",)
_OLE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "gif": ("image/gif", (b"GIF87a", b"GIF89a")),
    "webp": ("image/webp", (b"RIFF",)),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _ZIP),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _ZIP),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", _ZIP),
    "doc": ("application/msword", _OLE),
    "xls": ("application/vnd.ms-excel", _OLE),
    "ppt": ("application/vnd.ms-powerpoint", _OLE),
    "zip": ("application/zip", _ZIP),
    "ofd": ("application/ofd", _ZIP),
    "eml": ("message/rfc822", (b"",)),  # a letter, in whatever bytes
    "ics": ("text/calendar", (b"BEGIN:VCALENDAR",)),
    "txt": ("text/plain", ()),
    "log": ("text/plain", ()),
    "csv": ("text/csv", ()),
    "md": ("text/markdown", ()),
}


def media_type(name: str, head: bytes) -> str:
    """The media type of a file by its name and first bytes. Raises Invalid where the two do not fit."""
    extension = name.rpartition(".")[2].lower()
    if extension not in KINDS:
        raise Invalid({"files": Sentence("tickets.file_kind", name=name[:80])})
    kind, signatures = KINDS[extension]
    fits = any(head.startswith(mark) for mark in signatures) if signatures else b"\x00" not in head
    if not fits:
        raise Invalid({"files": Sentence("tickets.file_content", name=name[:80])})
    return kind


def clean_name(name: str) -> str:
    """A file name without folders and control characters, at most 200 characters, its ending kept."""
    bare = re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "", re.split(r"[/\\]", name)[-1]).strip(" .") or "file"
    stem, dot, ending = bare.rpartition(".")
    return f"{stem[: 199 - len(ending)]}{dot}{ending}" if dot else bare[:200]


def check_size(size: int, name: str) -> None:
    if size == 0:
        raise Invalid({"files": Sentence("tickets.file_empty", name=name[:80])})
    if size > BYTES:
        raise Invalid({"files": Sentence("tickets.file_big", name=name[:80])})


def check_count(count: int) -> None:
    if count > FILES:
        raise Invalid({"files": Sentence("tickets.too_many_files", most=FILES)})
