"""From the bytes of a letter to what it says."""

from desk.mail.rules import (
    addresses,
    bodies,
    clean,
    dates,
    files,
    forwards,
    ids,
    limits,
    parts,
    robots,
    senders,
    texts,
    uuencoded,
    words,
)
from desk.mail.rules.addresses import Address
from desk.mail.rules.bounces import reports
from desk.mail.rules.headers import Headers
from desk.mail.rules.html import without_marks
from desk.mail.rules.letters import NOT_OURS, Attachment, Envelope, Letter, Own, Standing
from desk.mail.rules.parts import Part
from desk.mail.rules.replies import cut

SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted", "multipart/signed")


def read(raw: bytes, own: Own = NOT_OURS) -> Letter:
    """Raises `Unread`, and nothing else that a letter may bring about."""
    limits.check_bytes(raw)
    root = parts.parse(raw)
    envelope = _envelope(root.headers, _own_charset(root))
    shares = texts.shares(root)
    marked = texts.marked(raw, shares.plain)
    cleaned = clean.clean(_html(raw, shares.rich))
    return Letter(
        envelope=envelope,
        standing=_standing(raw, root, envelope, marked, own),
        text=without_marks(marked),
        new_text=cut.new_text(_structured(raw, shares) or uuencoded.split(marked)[0]),
        html=cleaned.html,
        pictures_off=cleaned.left_out,
        calendar=_calendar(raw, root),
        attachments=tuple(_attachments(raw, shares)),
        written=tuple(_written(raw, shares)),
        is_sealed=any(part.kind in SEALED for part in (root, *root.leaves())),
    )


def _envelope(fields: Headers, own: str) -> Envelope:
    to, cc, reply_to = (_people(fields, name, own) for name in ("to", "cc", "reply-to"))
    limits.check_recipients(len(to) + len(cc))
    author = (addresses.parse(fields.first("from"), own) or [Address("", "")])[0]
    verdicts = senders.verdicts(fields)
    return Envelope(
        from_addr=author.addr,
        from_name=author.name,
        to=to,
        cc=cc,
        reply_to=reply_to,
        subject=words.from_bytes(fields.first("subject"), own),
        message_id=ids.message_id(fields),
        refs=ids.refs(fields),
        in_reply_to=ids.in_reply_to(fields),
        sent=dates.sent(fields),
        received=dates.received(fields),
        verdicts=verdicts,
        auth_fail=senders.has_failed(verdicts),
    )


def _standing(raw: bytes, root: Part, of: Envelope, marked: str, own: Own) -> Standing:
    reason = robots.reason(root.headers, root, of.from_addr, of.subject, own)
    report = reports.report(raw, root, marked, of.from_addr, of.subject)
    if report:
        return Standing(
            is_auto=True,
            auto_reason=reason or "delivery report",
            is_bounce=True,
            delayed=report.delayed,
            bounced=report.addresses,
            bounced_id=report.letter,
        )
    is_forward, inner = forwards.inner_sender(marked, of.subject, is_reply=bool(of.refs))
    return Standing(
        is_auto=bool(reason),
        auto_reason=reason,
        is_forward=is_forward,
        forwarded_from=inner,
        is_feedback=root.params.get("report-type", "").lower() == "feedback-report",
    )


def _structured(raw: bytes, shares: texts.Shares) -> str:
    """The words by their HTML, whose structure says where a quotation begins; empty when there is none."""
    if not any(part.kind == "text/html" for part in shares.rich) or shares.rich == shares.plain:
        return ""
    marked = texts.marked(raw, shares.rich)
    return marked if without_marks(marked).strip() else ""


def _attachments(raw: bytes, shares: texts.Shares) -> list[Attachment]:
    """Words that could not be read are attached as they came, besides being shown."""
    garbled = [part for part in shares.plain if bodies.is_garbled(raw, part)]
    return files.each_once(files.attachments(raw, shares.files + garbled))


def _written(raw: bytes, shares: texts.Shares) -> list[Attachment]:
    found = [file for part in shares.plain if part.kind == "text/plain" for file in texts.written(raw, part)]
    numbered = enumerate(found[: limits.MOST_PARTS], start=1)
    return files.each_once(files.attachment(name, content, number) for number, (name, content) in numbered)


def _people(fields: Headers, name: str, own: str) -> tuple[str, ...]:
    return tuple(one.addr for value in fields.all(name) for one in addresses.parse(value, own) if one.addr)


def _own_charset(root: Part) -> str:
    """What the letter calls its charset: raw bytes in its headers are most likely in the same."""
    return next((part.params["charset"] for part in (root, *root.leaves()) if "charset" in part.params), "")


def _html(raw: bytes, rich: list[Part]) -> str:
    return "\n".join(bodies.text(raw, part)[: limits.MOST_TEXT] for part in rich if part.kind == "text/html")


def _calendar(raw: bytes, root: Part) -> str:
    return next((bodies.text(raw, part) for part in root.leaves() if part.kind == "text/calendar"), "")
