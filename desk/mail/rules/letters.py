"""A letter as the desk understands it."""

from datetime import datetime

from msgspec import Struct

from desk.mail.rules.limits import Reason


class Attachment(Struct, frozen=True):
    """`kind` is what the letter says of it, `content_id` what its HTML calls it by; both may lie."""

    filename: str
    kind: str
    size: int
    content: bytes = b""
    content_id: str = ""
    inline: bool = False


class Verdicts(Struct, frozen=True):
    """The topmost Authentication-Results. Whether `server` is to be believed is the reader's question."""

    server: str = ""
    dmarc: str = ""
    spf: str = ""
    spf_domain: str = ""
    dkim: tuple[tuple[str, str], ...] = ()  # result and domain of each signature


class Envelope(Struct, kw_only=True, frozen=True):
    """Who writes to whom about what. `refs` oldest first, without brackets; `received` by the nearest server."""

    from_addr: str
    from_name: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    reply_to: tuple[str, ...]
    subject: str
    message_id: str
    refs: tuple[str, ...]
    in_reply_to: tuple[str, ...]
    sent: datetime | None
    received: datetime | None
    verdicts: Verdicts
    auth_fail: bool
    sole_author: bool = True  # one From, with one address in it


class Standing(Struct, kw_only=True, frozen=True):
    """A person's letter, a machine's, a report of a failed delivery, or one that was passed on.

    `bounced`: whom a report names; `delayed` when delivery goes on; `bounced_id` the letter that came back.
    """

    is_auto: bool = False
    auto_reason: str = ""
    is_bounce: bool = False
    delayed: bool = False
    bounced: tuple[str, ...] = ()
    bounced_id: str = ""
    is_forward: bool = False
    forwarded_from: str = ""
    is_feedback: bool = False


class Letter(Struct, kw_only=True, frozen=True, tag=True):
    """`html` is as it came: to be cleaned by whoever shows it. `calendar` is the text of an invitation.

    `is_sealed`: S/MIME or PGP; what can be read is read, the rest is attached.
    """

    envelope: Envelope
    standing: Standing
    text: str
    new_text: str
    html: str
    calendar: str
    attachments: tuple[Attachment, ...]
    is_sealed: bool


class Refusal(Struct, frozen=True, tag=True):
    """A letter that was not read, and why. The detail holds figures and places, never words of the letter."""

    reason: Reason
    detail: str = ""
