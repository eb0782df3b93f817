"""Whose hands a request was in: wall and business seconds that add up to the whole."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from desk.sla.rules.calendar import without
from desk.sla.rules.compiled import Compiled
from desk.sla.rules.line import Spans


class Share(Struct):
    wall: int = 0
    business: int = 0
    visits: int = 0


def shares(hops: Iterable[tuple[int, str]], end: int, calendars: Mapping[str, Compiled]) -> dict[str, Share]:
    """What each holder had, from (instant, holder) to the next; business time only for holders with a calendar."""
    found: dict[str, Share] = {}
    for (since, holder), (until, _) in pairwise([*sorted(hops, key=lambda hop: hop[0]), (end, "")]):
        share = found.setdefault(holder, Share())
        share.wall += until - since
        share.visits += 1
        if holder in calendars:
            share.business += calendars[holder].between(since, until)
    return found


def open_in_any(calendars: Sequence[Compiled], a: int, b: int) -> int:
    """Seconds in [a, b) while at least one calendar is open."""
    return _length(without(tuple(span for calendar in calendars for span in calendar.spans(a, b)), ()))


def open_in_all(calendars: Sequence[Compiled], a: int, b: int) -> int:
    """Seconds in [a, b) while every calendar is open."""
    common: Spans = ((a, b),) if a < b else ()
    for calendar in calendars:
        common = tuple(span for start, end in common for span in calendar.spans(start, end))
    return _length(common)


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)
