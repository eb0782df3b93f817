"""What a letter may weigh before it is read at all (spec mail, item 6)."""

import re
from enum import StrEnum

MOST_BYTES = 25 * 1024 * 1024
HEAD_BYTES = 64 * 1024  # that are kept of a letter that is bigger
MOST_PARTS = 200
DEEPEST = 20
MOST_HEADER_BYTES = 256 * 1024  # of one block; real letters have 4 to 30 KB
MOST_RECIPIENTS = 1000
MOST_UNPACKED = 1024 * 1024 * 1024  # of one archive, by its own directory
MOST_TEXT = 2_000_000  # characters of one part that are read as words
MOST_HTML = 1_000_000  # of one part in HTML: a tag costs more than a letter
DEEPEST_HTML = 500  # elements within elements; a tree costs the square of them
MOST_ENTITIES = 150_000  # so do these, in one run of text

NESTED = re.compile(rb"^content-type:[ \t]*(?:multipart|message)/", re.I | re.M)


class Reason(StrEnum):
    """Why a letter was not read; its dead letter tells it."""

    TOO_BIG = "too_big"
    HEADER_TOO_LONG = "header_too_long"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_DEEP = "too_deep"
    TOO_MANY_RECIPIENTS = "too_many_recipients"
    BOMB = "bomb"
    TOO_SLOW = "too_slow"
    TOO_MUCH_MEMORY = "too_much_memory"
    NOT_TAKEN = "not_taken"  # the mail server did not hand it over
    BROKEN = "broken"  # the reader's own fault: a bug, and a dead letter to replay once it is mended


class Unread(Exception):
    """The letter stays as it came; a request is opened all the same, with the original attached."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail


def check_bytes(raw: bytes) -> None:
    """Raises `Unread`. Letters inside letters are not opened, so what they hold is counted by its headers."""
    if len(raw) > MOST_BYTES:
        raise Unread(Reason.TOO_BIG, f"{len(raw)} bytes")
    for count, _ in enumerate(NESTED.finditer(raw)):
        if count > MOST_PARTS:
            raise Unread(Reason.TOO_DEEP, f"more than {MOST_PARTS} containers")


def check_recipients(count: int) -> None:
    if count > MOST_RECIPIENTS:
        raise Unread(Reason.TOO_MANY_RECIPIENTS, f"{count}")
