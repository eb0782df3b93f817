"""A letter about nothing, for whoever sets up the desk."""

from email.utils import make_msgid

from desk import clock, settings
from desk.i18n import LANGUAGES, Refused, say
from desk.outbox.actions.composing import signer
from desk.outbox.actions.handing import Line
from desk.outbox.rules.delivery import State
from desk.outbox.rules.envelopes import BadAddress, Envelope, compose


def send(address: str) -> str:
    """What became of it. Raises Refused when it was not taken."""
    url, own = settings.current().smtp_url, settings.current().mail_address
    if url is None:
        raise Refused("outbox.no_server")
    line = Line(url)
    try:
        verdict = line.hand_over(own, address, _letter(address, own))
    except BadAddress:
        raise Refused("outbox.no_address", address=address) from None
    finally:
        line.close()
    if verdict.state is not State.SENT:
        raise Refused("outbox.not_taken", fault=verdict.fault or "")
    return verdict.state.value


def _letter(address: str, own: str) -> bytes:
    titles, texts = ([say(of, f"outbox.test_{part}") for of in LANGUAGES] for part in ("title", "text"))
    envelope = Envelope(
        message_id=make_msgid(domain=own.rpartition("@")[2]).strip("<>"), sender=(say("en", "outbox.the_desk"), own),
        to=("", address), reply_to=None, subject=" · ".join(titles), at=clock.now(), instance=signer().instance,
        machine=True,
    )  # fmt: skip
    return compose(envelope, "\n\n".join(texts) + "\n", "".join(f"<p>{text}</p>" for text in texts))
