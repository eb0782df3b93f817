"""Feishu's (Lark's) own robots in groups: open.feishu.cn, "Custom bot usage guide". At most 100 messages a minute."""

from typing import Any

import msgspec

from desk.webhooks.rules.kinds.outgoing import Outgoing, Target, hmac_base64, of_code
from desk.webhooks.rules.told import Told


def message(told: Told) -> dict[str, Any]:
    """A post: its parts are text whatever stands in them, where a text message would read `<at>`."""
    parts = [[{"tag": "text", "text": line}] for line in (told.happened, told.due) if line]
    if told.link:
        parts.append([{"tag": "a", "text": told.link, "href": told.link}])
    return {"msg_type": "post", "content": {"post": {"zh_cn": {"title": told.head(), "content": parts}}}}


def outgoing(target: Target, content: bytes, second: int) -> Outgoing:
    """The signature stands in the body: HMAC-SHA256 of nothing, "seconds LF secret" being the key; for an hour."""
    if not target.secret:
        return Outgoing(target.address, content)
    sign = hmac_base64(f"{second}\n{target.secret}", "")
    told = msgspec.json.decode(content, type=dict[str, Any])
    return Outgoing(target.address, msgspec.json.encode({"timestamp": str(second), "sign": sign, **told}))


def fault(status: int, answer: bytes) -> str:
    return of_code(status, answer, "code", "StatusCode")
