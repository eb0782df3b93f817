"""Robots in groups of WeCom: developer.work.weixin.qq.com/document/path/91770. At most 20 messages a minute."""

from typing import Any

from desk.webhooks.rules.kinds.outgoing import of_code, unsigned
from desk.webhooks.rules.told import Told

LONGEST = 2048  # bytes of UTF-8


def message(told: Told) -> dict[str, Any]:
    """Text calls somebody by `<@user>`: what was typed cannot."""
    text = "\n".join(told.lines()).replace("<@", "< @")
    return {"msgtype": "text", "text": {"content": text.encode()[:LONGEST].decode("utf-8", "ignore")}}


outgoing = unsigned


def fault(status: int, answer: bytes) -> str:
    return of_code(status, answer, "errcode")
