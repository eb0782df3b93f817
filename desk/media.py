"""Files from outside: what they hold by their first bytes, and what they may be called (specs/security.md)."""

import re
import unicodedata

LONGEST_NAME = 200
LONGEST_ENDING = 20
_ZIP = (b"PK\x03\x04",)
_OLE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
_WEBP = re.compile(rb"RIFF.{4}WEBP", re.S)
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
    "eml": ("message/rfc822", ()),
    "ics": ("text/calendar", ()),
    "txt": ("text/plain", ()),
    "log": ("text/plain", ()),
    "csv": ("text/csv", ()),
    "md": ("text/markdown", ()),
}  # by the ending of the name; without signatures: text
SIGNED = {kind: marks for kind, marks in KINDS.values() if marks}
ANYTHING = "application/octet-stream"
UNWANTED = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"|?*\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]'
)
RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])(?=\.|$)", re.I)


def is_of(kind: str, head: bytes) -> bool:
    """Whether the first bytes are such as a file of this kind begins with. One without a signature is text, but for a
    letter, which may be of whatever bytes.
    """
    if kind == "message/rfc822":
        return True
    if kind == "image/webp":
        return _WEBP.match(head) is not None
    marks = SIGNED.get(kind)
    return b"\x00" not in head if marks is None else head.startswith(marks)


def kind_of(name: str, head: bytes, said: str) -> str:
    """The media type by the bytes; the name decides among those that begin alike. What is `said` counts where no
    signature speaks, and never for a kind that has one.
    """
    named = KINDS.get(name.rpartition(".")[2].lower(), ("", ()))[0]
    if named in SIGNED and is_of(named, head):
        return named
    for kind in SIGNED:
        if is_of(kind, head):
            return "application/zip" if SIGNED[kind] is _ZIP else ANYTHING if SIGNED[kind] is _OLE else kind
    return ANYTHING if said in SIGNED else said


def clean_name(name: str) -> str:
    """Without folders, controls and marks that turn or hide, and no name that Windows keeps for a device; at most 200
    characters, the ending kept. May be empty.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    last = UNWANTED.sub("", last).strip(" .")
    stem, dot, ending = last.rpartition(".")
    if len(last) > LONGEST_NAME and stem and len(ending) <= LONGEST_ENDING:
        last = stem[: LONGEST_NAME - len(ending) - 1].rstrip(" .") + dot + ending
    last = last[:LONGEST_NAME].rstrip(" .")
    return f"_{last[: LONGEST_NAME - 1]}" if RESERVED.match(last) else last
