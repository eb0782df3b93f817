"""JSON for a program of one's own. X-Desk-Signature: v1=HEX, HMAC-SHA256 of "TIMESTAMP.BODY" by the secret."""

import hashlib
import hmac
from typing import Any

from desk.webhooks.rules.kinds.outgoing import Outgoing, Target, of_status
from desk.webhooks.rules.told import Told, one_line


def message(told: Told) -> dict[str, Any]:
    return {
        "event": told.tag.value,
        "number": told.number,
        "title": one_line(told.title),
        "department": told.department,
        "happened": told.happened,
        "due": told.due,
        "link": told.link,
    }


def outgoing(target: Target, content: bytes, second: int) -> Outgoing:
    if not target.secret:
        return Outgoing(target.address, content)
    signed = hmac.new(target.secret.encode(), b"%d.%b" % (second, content), hashlib.sha256).hexdigest()
    return Outgoing(target.address, content, {"X-Desk-Timestamp": str(second), "X-Desk-Signature": f"v1={signed}"})


def fault(status: int, answer: bytes) -> str:
    return of_status(status)
