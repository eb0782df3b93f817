"""The stories as files tell them: who asked for what, and what happened then."""

import tomllib
from enum import StrEnum
from pathlib import Path

import msgspec
from msgspec import Struct

_FOLDER = Path(__file__).with_name("stories")
HANDLER = "handler"  # whoever has the request in hand then, where routing chose


class Does(StrEnum):
    REPLIES = "replies"  # and says by when the next word comes
    ASKS_LATER = "asks_later"  # that the own word may come later than it was given for
    ANSWERS = "answers"
    NOTES = "notes"
    ASKS = "asks"
    ASKS_FOR = "asks_for"  # within the request: a signature (`to` a step) or help (`to` a department)
    SAYS = "says"
    CORRECTS = "corrects"  # the last words
    ATTACHES = "attaches"
    HANDS_OVER = "hands_over"
    PRIORITISES = "prioritises"  # critical
    RESOLVES = "resolves"
    DECLINES = "declines"
    ACCEPTS = "accepts"
    REOPENS = "reopens"
    WITHDRAWS = "withdraws"
    WATCHES = "watches"


WRITES = {Does.REPLIES, Does.ANSWERS, Does.NOTES, Does.ASKS, Does.ASKS_FOR, Does.SAYS, Does.CORRECTS}


class Paper(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    text: str


class Beat(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Times are written as desk/demo/days.py reads them."""

    at: str
    who: str
    does: Does
    words: str = ""
    by: str | None = None
    about: str = ""
    why: str = ""
    to: str = ""
    file: str = ""
    text: str = ""
    tier: int | None = None
    reason: str | None = None
    sentence: str | None = None


class Story(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    who: str
    service: str
    at: str
    title: str
    body: str
    fields: dict[str, str] = {}
    files: tuple[Paper, ...] = ()
    channel: str = "web"
    logged_by: str | None = None
    tier: int | None = None
    reason: str | None = None
    then: tuple[Beat, ...] = ()


def stories() -> list[Story]:
    found: list[Story] = []
    for file in sorted(_FOLDER.glob("*.toml")):
        found += msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8"))["story"], list[Story])
    return found
