"""A letter as the desk understands it."""

from datetime import datetime

from msgspec import Struct

from desk.mail.rules.limits import Reason


class Attachment(Struct, frozen=True):
    """`kind` is what its first bytes say, else what the letter says of it. `content_ids`: what the HTML calls it by;
    several when the letter carries the same picture several times.
    """

    filename: str
    kind: str
    size: int
    content: bytes = b""
    content_ids: tuple[str, ...] = ()
    inline: bool = False


class Own(Struct, frozen=True):
    """What this desk's own letters are known by: its addresses, and `signed.Signer.instance`."""

    addresses: tuple[str, ...] = ()
    instance: str = ""


NOT_OURS = Own()  # for who does not know the desk


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
    """`html` is cleaned and belongs into a sandboxed frame; `pictures_off` counts what it would have fetched from
    elsewhere. `calendar` is the text of an invitation.

    `written`: files that stand within the words (uuencode); `text` keeps them as they came, `new_text` does not.
    `is_sealed`: S/MIME or PGP; what can be read is read, the rest is attached.
    """

    envelope: Envelope
    standing: Standing
    text: str
    new_text: str
    html: str
    pictures_off: int
    calendar: str
    attachments: tuple[Attachment, ...]
    written: tuple[Attachment, ...]
    is_sealed: bool

    @property
    def files(self) -> tuple[Attachment, ...]:
        return self.attachments + self.written


class Refusal(Struct, frozen=True, tag=True):
    """A letter that was not read, and why. The detail holds figures and places, never words of the letter."""

    reason: Reason
    detail: str = ""
