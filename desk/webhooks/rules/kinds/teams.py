"""Workflows of Microsoft Teams that post a card when a webhook is called: learn.microsoft.com, Adaptive Cards 1.4."""

from typing import Any

from desk.webhooks.rules.kinds.outgoing import of_status, unsigned
from desk.webhooks.rules.told import Told


def message(told: Told) -> dict[str, Any]:
    """Runs of rich text, which know no Markdown: what was typed is not read as a link."""
    texts = [(told.head(), "Bolder"), (told.happened, "Default"), (told.due, "Default")]
    body = [
        {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, "weight": weight}]}
        for text, weight in texts
        if text
    ]
    acts = [{"type": "Action.OpenUrl", "title": f"#{told.number}", "url": told.link}] if told.link else []
    card = {"type": "AdaptiveCard", "version": "1.4", "body": body, "actions": acts}
    attached = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attached]}


outgoing = unsigned


def fault(status: int, answer: bytes) -> str:
    return of_status(status)
