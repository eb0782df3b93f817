"""What a promise is about, and where it stands."""

from enum import StrEnum


class Kind(StrEnum):
    FIRST_REPLY = "first_reply"
    NEXT_REPLY = "next_reply"
    RESOLUTION = "resolution"
    HANDOVER = "handover"
    OLA = "ola"
    SIGN_OFF = "sign_off"
    EXPECTATION = "expectation"


class Standing(StrEnum):
    OPEN = "open"
    PAUSED = "paused"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


REPLIES = (Kind.FIRST_REPLY, Kind.NEXT_REPLY)
HELD = (*REPLIES, Kind.RESOLUTION)  # owed by whoever holds the request, and handed on with it
ASKED = (Kind.OLA, Kind.SIGN_OFF)  # owed by whoever is asked within a request
