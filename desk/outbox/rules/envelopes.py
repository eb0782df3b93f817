"""A letter as bytes (RFC 5322, 2045 to 2047): of the same facts the same bytes.

The encoders are the standard library's. Its EmailMessage is not used: it parses every header that it is given, which
costs more than all else that a letter needs, makes encoded words of an id that is longer than a line, and loses a blank
between two encoded words of a subject.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import base64mime, quoprimime
from email.header import Header
from email.utils import format_datetime

_ID = re.compile(
    r"[!-;=?-~]{1,250}@[!-;=?-~]{1,250}"
)  # without brackets; what else a foreign letter calls itself is left out
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,255}")
_TO_ESCAPE, _ESCAPED = re.compile(r'(["\\])'), r"\\\1"
_CHAIN = 20
_LINE, _END, _FOLD = 76, "\r\n", "\r\n "


@dataclass(frozen=True, kw_only=True)
class Envelope:
    message_id: str  # without brackets, as those of `chain`
    sender: tuple[str, str]  # (name, address)
    to: tuple[str, str]
    reply_to: str | None
    subject: str
    at: datetime
    chain: Sequence[str] = ()  # what this recipient has of the request, oldest first
    list_id: str | None = None
    instance: str
    machine: bool  # nobody wrote it: it answers no answer (RFC 3834)


class BadAddress(ValueError):
    """Nothing that a letter can go to."""


def compose(envelope: Envelope, text: str, html: str) -> bytes:
    """Raises BadAddress."""
    boundary = "=_" + envelope.message_id.partition("@")[0]
    head = [
        ("From", _mailbox("From", *envelope.sender)),
        ("To", _mailbox("To", *envelope.to)),
        *([("Reply-To", _mailbox("Reply-To", "", envelope.reply_to))] if envelope.reply_to else []),
        ("Subject", _words("Subject", envelope.subject)),
        ("Date", format_datetime(envelope.at)),
        *_marks(envelope),
        ("MIME-Version", "1.0"),
        ("Content-Type", f'multipart/alternative;{_FOLD}boundary="{boundary}"'),
    ]
    parts = [_part("plain", text), _part("html", html)]
    body = "".join(f"--{boundary}{_END}{part}{_END}" for part in parts) + f"--{boundary}--{_END}"
    return (_headers(head) + _END + body).encode("ascii")


def _headers(fields: Sequence[tuple[str, str]]) -> str:
    return "".join(f"{name}: {value}{_END}" for name, value in fields)


def _part(kind: str, text: str) -> str:
    """Words beyond ASCII as base64: shorter, and no server between breaks them."""
    if text.isascii():
        way, content = "quoted-printable", quoprimime.body_encode("\n".join(text.splitlines()), eol=_END)
    else:
        way, content = "base64", base64mime.body_encode(text.replace("\n", _END).encode(), eol=_END)
    return (
        _headers([("Content-Type", f"text/{kind}; charset=utf-8"), ("Content-Transfer-Encoding", way)]) + _END + content
    )


def one_line(text: str) -> str:
    """No sign of it ends a header, hides what follows or turns it round."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _marks(envelope: Envelope) -> list[tuple[str, str]]:
    """Headers for programs."""
    chain = [f"<{one}>" for one in envelope.chain if _ID.fullmatch(one)][-_CHAIN:]
    marks = [("Message-ID", f"<{envelope.message_id}>")]
    if chain:
        marks += [("In-Reply-To", chain[-1]), ("References", _FOLD.join(chain))]
    if envelope.list_id:
        marks.append(("List-Id", f"<{envelope.list_id}>"))
    if envelope.machine:
        marks += [("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All")]
    return [*marks, ("X-Desk-Instance", envelope.instance)]


def _mailbox(header: str, name: str, address: str) -> str:
    """Raises BadAddress; an address with letters beyond ASCII needs servers that few have (RFC 6531)."""
    if not _ADDRESS.fullmatch(address):
        raise BadAddress
    if not (name := one_line(name)):
        return address
    words = f'"{_TO_ESCAPE.sub(_ESCAPED, name)}"' if _is_plain(name) else _words(header, name)
    apart = " " if len(words.rpartition(_END)[2]) + len(address) < _LINE - len(header) - len(": <>") else _FOLD
    return f"{words}{apart}<{address}>"


def _words(header: str, text: str) -> str:
    """Encoded words (RFC 2047), also of what would be read as one though nobody encoded it."""
    line = one_line(text)
    charset = "us-ascii" if _is_plain(line) else "utf-8"
    return Header(line, charset, maxlinelen=_LINE, header_name=header).encode(linesep=_END)


def _is_plain(line: str) -> bool:
    return line.isascii() and "=?" not in line
