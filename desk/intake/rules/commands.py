"""Command lines at the top of a letter: `#done It is paid.`, `#tier 部门 negotiation`, `#hand over legal why`."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct

from desk.disclosure.rules import Reason, Tier
from desk.i18n import say

MOST = 5  # lines
LINE = re.compile(
    r"[#＃]\s*(done|resolved?|办结|办好|tier|级别|保密级别|hand\s*over|交接|移交)(?![^\W_])[\s:：]*(.*)", re.I
)
LANGUAGES = ("zh", "en")
T = TypeVar("T")


class Verb(StrEnum):
    DONE = "done"
    TIER = "tier"
    HAND_OVER = "hand_over"


VERBS = {"done": Verb.DONE, "resolve": Verb.DONE, "resolved": Verb.DONE, "办结": Verb.DONE, "办好": Verb.DONE}
VERBS |= {"tier": Verb.TIER, "级别": Verb.TIER, "保密级别": Verb.TIER}
VERBS |= {"handover": Verb.HAND_OVER, "交接": Verb.HAND_OVER, "移交": Verb.HAND_OVER}


class Command(Struct, frozen=True):
    """`rest`: what stands behind the word, as it was written."""

    verb: Verb
    rest: str


def split(words: str) -> tuple[list[Command], str]:
    """The commands, and the words below them: a line that is none ends them."""
    lines = words.strip().splitlines()
    found: list[Command] = []
    while lines and len(found) < MOST and (line := LINE.fullmatch(lines[0].strip())):
        found.append(Command(VERBS["".join(line[1].lower().split())], line[2].strip()))
        lines.pop(0)
        while lines and not lines[0].strip():
            lines.pop(0)
    return found, "\n".join(lines)


def tier(rest: str) -> tuple[Tier | None, str]:
    """By name in both languages or by number; and what stands behind it."""
    known = {str(one.value): one for one in Tier}
    known |= {say(of, f"disclosure.tier_{one.value}").casefold(): one for one in Tier for of in LANGUAGES}
    return _first(rest, known)


def reason(rest: str) -> tuple[Reason | None, str]:
    known = {one.value: one for one in Reason}
    known |= {say(of, f"disclosure.reason_{one.value}").casefold(): one for one in Reason for of in LANGUAGES}
    return _first(rest, known)


def department(rest: str, known: Mapping[str, str]) -> tuple[str | None, str]:
    """`known`: code or name in both languages -> code. And the reason that stands behind it."""
    return _first(rest, {name.casefold(): code for name, code in known.items()})


def _first(rest: str, known: Mapping[str, T]) -> tuple[T | None, str]:
    """The longest name that the text begins with; Chinese needs no blank behind it."""
    told = rest.strip()
    for name in sorted(known, key=len, reverse=True):
        behind = told[len(name) :]
        if told.casefold().startswith(name) and not (name.isascii() and behind[:1].isalnum() and behind[:1].isascii()):
            return known[name], behind.lstrip(" \t,，:：。.-—")
    return None, told
