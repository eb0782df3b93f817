"""A frozen letter taken apart again, for whoever it went to."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from msgspec import Struct


class Letter(Struct, frozen=True, kw_only=True):
    subject: str
    sender: str
    to: str
    reply_to: str
    text: str
    html: str


def opened(content: bytes) -> Letter:
    letter = message_from_bytes(content, policy=default)
    assert isinstance(letter, EmailMessage), "that is what the policy makes"
    return Letter(
        subject=str(letter["Subject"]), sender=str(letter["From"]), to=str(letter["To"]),
        reply_to=str(letter["Reply-To"] or ""), text=_part(letter, "plain"), html=_part(letter, "html"),
    )  # fmt: skip


def _part(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    return "" if part is None else str(part.get_content()).replace("\r\n", "\n")
