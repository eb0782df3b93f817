"""A letter as bytes (RFC 5322, 2045 to 2047), made by the standard library: of the same facts the same bytes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime

_ID = re.compile(
    r"[!-;=?-~]{1,250}@[!-;=?-~]{1,250}"
)  # without brackets; what else a foreign letter calls itself is left out
_OF_IDS = {"message-id", "in-reply-to", "references"}
_CHAIN = 20


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


class _Folding(EmailPolicy):
    """The library makes encoded words of an id that is longer than a line, which no program finds again, and loses a
    blank between two encoded words of a subject.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() in _OF_IDS:
            folded = "\r\n ".join(str(value).split())
            return f"{name}: {folded}\r\n".encode("ascii")
        if name.lower() == "subject":
            charset = "us-ascii" if str(value).isascii() else "utf-8"
            words = Header(str(value), charset, maxlinelen=76, header_name=name).encode(linesep=self.linesep)
            return f"{name}: {words}\r\n".encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _Folding(linesep="\r\n", cte_type="7bit", raise_on_defect=False)


def compose(envelope: Envelope, text: str, html: str) -> bytes:
    """Raises BadAddress."""
    letter = EmailMessage(policy=_POLICY)
    letter["From"] = _address(*envelope.sender)
    letter["To"] = _address(*envelope.to)
    if envelope.reply_to:
        letter["Reply-To"] = _address("", envelope.reply_to)
    letter["Subject"] = one_line(envelope.subject)
    letter["Date"] = format_datetime(envelope.at)
    for name, value in _marks(envelope):
        letter[name] = value
    letter.set_content(text, charset="utf-8", cte=_cte(text))
    letter.add_alternative(html, subtype="html", charset="utf-8", cte=_cte(html))
    letter.set_boundary("=_" + envelope.message_id.partition("@")[0])
    return letter.as_bytes()


def one_line(text: str) -> str:
    """No sign of it ends a header, hides what follows or turns it round."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _marks(envelope: Envelope) -> list[tuple[str, str]]:
    """Headers for programs."""
    chain = [f"<{one}>" for one in envelope.chain if _ID.fullmatch(one)][-_CHAIN:]
    marks = [("Message-ID", f"<{envelope.message_id}>")]
    if chain:
        marks += [("In-Reply-To", chain[-1]), ("References", " ".join(chain))]
    if envelope.list_id:
        marks.append(("List-Id", f"<{envelope.list_id}>"))
    if envelope.machine:
        marks += [("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All")]
    return [*marks, ("X-Desk-Instance", envelope.instance)]


def _cte(text: str) -> str:
    """Chosen here, not weighed by the library: that would cost as much as the rest of a part."""
    return "quoted-printable" if text.isascii() else "base64"


def _address(name: str, address: str) -> Address:
    """Raises BadAddress; an address with letters beyond ASCII needs servers that few have (RFC 6531)."""
    try:
        if not address.isascii():
            raise BadAddress
        return Address(display_name=one_line(name), addr_spec=address)
    except (ValueError, IndexError, AttributeError, MessageError) as fault:  # the library's parser raises all of these
        raise BadAddress from fault
