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
    READS = "reads"  # the whole page, as far as it is written down who did
    CANNOT_TELL = "cannot_tell"  # `reason`: the class
    RAISES = "raises"  # the request
    PROLONGS = "prolongs"  # the request
    MAKES_CORE = "makes_core"  # asks `to` to agree that the last words become core
    SEALS = "seals"  # asks `to` to agree that the last words are sealed
    AGREES = "agrees"  # to what was asked of them as a second person
    RECUSES = "recuses"  # oneself
    GRANTS = "grants"  # `to` somebody whatever is shut, or to whoever asked for access
    ENDS_GRANT = "ends_grant"
    EXTRACTS = "extracts"  # answers an access request with a cleaned extract
    WANTS_REMOVED = "wants_removed"  # the last words
    REMOVES = "removes"  # as the second person
    LINKS = "links"  # `about`: what this request is `to` the other one
    MERGES = "merges"  # into another one


WRITES = {
    Does.REPLIES, Does.ANSWERS, Does.NOTES, Does.ASKS, Does.ASKS_FOR, Does.SAYS, Does.CORRECTS, Does.CANNOT_TELL,
}  # fmt: skip
MOVES = {Does.RAISES, Does.PROLONGS, Does.MAKES_CORE, Does.SEALS}  # labels
LETS = MOVES | {
    Does.AGREES, Does.RECUSES, Does.GRANTS, Does.ENDS_GRANT, Does.EXTRACTS, Does.WANTS_REMOVED, Does.REMOVES,
    Does.READS,
}  # fmt: skip
JOINS = {Does.LINKS, Does.MERGES}


class Made(StrEnum):
    """How a request comes out of another one."""

    CHILD = "child"  # which waits for it
    SPLIT = "split"  # its last words
    FOLLOW = "follow"
    ACCESS = "access"  # what is shut in it is asked for


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
    term: int | None = None  # days


class Story(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    who: str
    at: str
    title: str
    body: str
    service: str | None = None  # None: the same as of what it comes out of
    name: str = ""  # by which others speak of it
    made: Made | None = None
    out_of: str = ""
    term: int | None = None
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
