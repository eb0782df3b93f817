"""A calendar cut into UTC days, so that a database adds up business time by a join (specs/sla.md, Calendar 6)."""

from itertools import chain
from typing import NamedTuple

from desk.sla.rules.compiled import Compiled

LENGTH = 86_400
_NONE = (0, 0)


class UtcDay(NamedTuple):
    """Business seconds before it; its spans in seconds since its beginning, those after the third in `more`."""

    day: int  # since 1970
    before: int
    from1: int
    to1: int
    from2: int
    to2: int
    from3: int
    to3: int
    more: tuple[int, ...]  # from, to, from, to …


def day_of(at: int) -> int:
    """The day, counted since 1970, of an instant."""
    return at // LENGTH


def cut(calendar: Compiled, first: int, last: int, before: int = 0) -> list[UtcDay]:
    """From one day to another; `before`: business seconds of the days that stand before the first."""
    found = []
    for day in range(first, last + 1):
        begins = day * LENGTH
        spans = [(start - begins, end - begins) for start, end in calendar.spans(begins, begins + LENGTH)]
        one, two, three = [*spans, _NONE, _NONE, _NONE][:3]
        found.append(UtcDay(day, before, *one, *two, *three, tuple(chain.from_iterable(spans[3:]))))
        before += sum(end - start for start, end in spans)
    return found
