"""What a promise is about, and where it stands."""

from enum import StrEnum


class Kind(StrEnum):
    FIRST_REPLY = "first_reply"
    NEXT_REPLY = "next_reply"
    RESOLUTION = "resolution"
    EXPECTATION = "expectation"


class Standing(StrEnum):
    OPEN = "open"
    PAUSED = "paused"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


REPLIES = (Kind.FIRST_REPLY, Kind.NEXT_REPLY)
