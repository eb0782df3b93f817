"""Message-IDs and the chain of a letter."""

import re

from desk.mail.rules.headers import Headers

ID = re.compile(r"<([^<>\s]{1,990})>")
MOST_REFS = 200


def message_id(headers: Headers) -> str:
    """Without brackets; empty when there is none."""
    told = headers.first("message-id").decode("utf-8", "replace").strip()
    found = ID.search(told)
    return found[1] if found else told.strip("<> ").split(" ", 1)[0]


def in_reply_to(headers: Headers) -> tuple[str, ...]:
    return tuple(_ids(headers.first("in-reply-to")))


def refs(headers: Headers) -> tuple[str, ...]:
    """References, oldest first, then In-Reply-To; each once, the newest 200."""
    named = _ids(headers.first("references")) + _ids(headers.first("in-reply-to"))
    return tuple(dict.fromkeys(named))[-MOST_REFS:]


def _ids(value: bytes) -> list[str]:
    return ID.findall(value.decode("utf-8", "replace"))
