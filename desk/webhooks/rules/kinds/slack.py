"""Slack's incoming webhooks: docs.slack.dev. The answer is `ok`. About one message a second."""

from typing import Any

from desk.webhooks.rules.kinds.outgoing import of_status, unsigned
from desk.webhooks.rules.told import Told


def message(told: Told) -> dict[str, Any]:
    """`<!channel>` and `<http://…|words>` begin with a sign that is escaped: what was typed calls and links nobody."""
    text = "\n".join(told.lines()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {"text": text, "unfurl_links": False, "unfurl_media": False}


outgoing = unsigned


def fault(status: int, answer: bytes) -> str:
    return of_status(status) or ("" if answer.strip() == b"ok" else "not_understood")
