"""How soon somebody is written to: by the part that they take, what they chose, and whether something is due today."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from enum import StrEnum

from desk.journal.rules import Tag
from desk.notices.rules import DECIDER, DESK, HAD_READ, NAMED, REQUESTER
from desk.sla.rules import zones

WRITTEN = (Tag.REPLY_WRITTEN, Tag.QUESTION_ASKED, Tag.REQUEST_RESOLVED, Tag.REQUEST_DECLINED)
CAP = 40  # acknowledgements to one person within a day, whatever it is that writes to us in their name
DIGESTS = (time(11, 30), time(17, 0))  # of the recipient's day


class Matter(StrEnum):
    ASKED = "asked"  # of me, by name
    MINE = "mine"  # my own requests
    WORK = "work"  # what I handle, or my department
    WATCHED = "watched"
    REPORT = "report"  # on Monday, of a department that I lead


class Pace(StrEnum):
    NOW = "now"
    DIGEST = "digest"
    NONE = "none"


USUAL = {
    Matter.ASKED: Pace.NOW,
    Matter.MINE: Pace.NOW,
    Matter.WORK: Pace.DIGEST,
    Matter.WATCHED: Pace.DIGEST,
    Matter.REPORT: Pace.NOW,
}


def matter(parts: Collection[str]) -> Matter:
    """The nearest of the parts that somebody takes."""
    if NAMED in parts or HAD_READ in parts:
        return Matter.ASKED
    if REQUESTER in parts:
        return Matter.MINE
    return Matter.WORK if DESK.union({DECIDER}).intersection(parts) else Matter.WATCHED


def pace(chosen: Pace, due: datetime | None, at: datetime, zone: str) -> Pace:
    """What is due today (or late already) waits for no digest; who wants no letters gets none."""
    if chosen is Pace.DIGEST and due is not None and _day(due, zone) <= _day(at, zone):
        return Pace.NOW
    return chosen


def next_digest(at: datetime, zone: str) -> datetime:
    """The first 11:30 or 17:00 after an instant, by the recipient's clock."""
    here = at.astimezone(zones.zone(zone))
    for days in (0, 1):
        for hour in DIGESTS:
            moment = datetime.combine(here.date() + timedelta(days=days), hour, here.tzinfo)
            if moment > here:
                return moment
    raise AssertionError("tomorrow has a morning")


def _day(at: datetime, zone: str) -> int:
    return at.astimezone(zones.zone(zone)).date().toordinal()
