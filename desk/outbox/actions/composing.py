"""From words to bytes: the text, the same as HTML, and the headers that bind an answer to its request."""

from functools import partial
from typing import Any

from desk import settings
from desk.i18n import say
from desk.mail.rules.signed import Signer
from desk.outbox.actions import wording
from desk.outbox.actions.wording import Matters
from desk.outbox.rules import said as texts
from desk.outbox.rules.envelopes import Envelope, compose
from desk.web.page import render


def signer() -> Signer:
    return Signer(settings.current().secret, settings.current().mail_address)


async def letter(m: Matters) -> bytes:
    """Raises BadAddress."""
    said = await wording.said(m)
    subject = texts.subject(said.number, wording.title(m))
    html = in_html("letter", m.language, said=said, subject=subject, often=said.often)
    return compose(_envelope(m, subject), texts.text(said), html)


def in_html(kind: str, language: str, **context: Any) -> str:
    template = "outbox/digest_letter.html" if kind == "digest" else "outbox/letter.html"
    return render(template, {"lang": language, "t": partial(say, language), **context})


def _envelope(m: Matters, subject: str) -> Envelope:
    by, own = signer(), settings.current().mail_address
    return Envelope(
        message_id=by.message_id(m.fact.entry, m.to.id),
        sender=(wording.sender(m), own),
        to=(m.to.name, m.to.email),
        reply_to=by.reply_address(m.ticket["number"], m.to.id) if m.ticket else None,
        subject=subject,
        at=m.at,
        chain=m.chain,
        list_id=f"{m.ticket['code']}.{own.rpartition('@')[2]}" if m.ticket and m.carries else None,
        instance=by.instance,
        machine=m.fact.by is None or m.words is None or m.acknowledges,
    )
