"""When a letter was sent, by its own word, and when the nearest server took it."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from desk.mail.rules.headers import Headers

LONGEST = 100


def sent(headers: Headers) -> datetime | None:
    return _instant(headers.first("date"))


def received(headers: Headers) -> datetime | None:
    """Of the topmost Received: the promise's clock starts there (spec mail, item 17)."""
    return _instant(headers.first("received").rpartition(b";")[2])


def _instant(raw: bytes) -> datetime | None:
    try:
        told = parsedate_to_datetime(raw[:LONGEST].decode("ascii", "replace").strip())
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
