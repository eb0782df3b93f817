"""The kinds of chat: each says how a message looks there, how it is signed, and what an answer means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desk.webhooks.rules.kinds import dingtalk, feishu, plain, slack, teams, wecom
from desk.webhooks.rules.kinds.outgoing import Outgoing, Target
from desk.webhooks.rules.told import Told

__all__ = ["ADAPTERS", "Adapter", "Kind", "Outgoing", "Target"]


class Kind(StrEnum):
    DINGTALK = "dingtalk"
    WECOM = "wecom"
    FEISHU = "feishu"
    SLACK = "slack"
    TEAMS = "teams"
    PLAIN = "plain"  # JSON for programs of one's own


@dataclass(frozen=True)
class Adapter:
    """`signs`: whether a secret may be given. `fault`: a code of what went wrong, "" when the message was taken."""

    message: Callable[[Told], Mapping[str, Any]]
    outgoing: Callable[[Target, bytes, int], Outgoing]
    fault: Callable[[int, bytes], str]
    signs: bool


ADAPTERS = {
    Kind.DINGTALK: Adapter(dingtalk.message, dingtalk.outgoing, dingtalk.fault, signs=True),
    Kind.WECOM: Adapter(wecom.message, wecom.outgoing, wecom.fault, signs=False),
    Kind.FEISHU: Adapter(feishu.message, feishu.outgoing, feishu.fault, signs=True),
    Kind.SLACK: Adapter(slack.message, slack.outgoing, slack.fault, signs=False),
    Kind.TEAMS: Adapter(teams.message, teams.outgoing, teams.fault, signs=False),
    Kind.PLAIN: Adapter(plain.message, plain.outgoing, plain.fault, signs=True),
}
