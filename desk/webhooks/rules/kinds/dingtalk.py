"""DingTalk's own robots in groups: open.dingtalk.com, "Custom bot access". At most 20 messages a minute."""

from typing import Any
from urllib.parse import quote_plus

from desk.webhooks.rules.kinds.outgoing import Outgoing, Target, hmac_base64, of_code
from desk.webhooks.rules.told import Told


def message(told: Told) -> dict[str, Any]:
    """Plain text: nothing that somebody typed becomes a link, and nobody is called (`at` is left out)."""
    return {"msgtype": "text", "text": {"content": "\n".join(told.lines())}}


def outgoing(target: Target, content: bytes, second: int) -> Outgoing:
    """The signature stands in the address: HMAC-SHA256 of "milliseconds LF secret" by the secret; valid for an hour."""
    if not target.secret:
        return Outgoing(target.address, content)
    at = second * 1000
    sign = quote_plus(hmac_base64(target.secret, f"{at}\n{target.secret}"))
    return Outgoing(f"{target.address}{'&' if '?' in target.address else '?'}timestamp={at}&sign={sign}", content)


def fault(status: int, answer: bytes) -> str:
    return of_code(status, answer, "errcode")
