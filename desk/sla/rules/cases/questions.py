"""Questions to one calendar."""

from typing import Any

from msgspec import Raw, Struct

from desk.sla.rules import days, format
from desk.sla.rules.cases.calendars import Calendars
from desk.sla.rules.instants import read, text


class Add(Struct, tag_field="op", tag="add"):
    calendar: Raw
    start: str
    seconds: int

    def result(self, calendars: Calendars) -> str:
        start = read(self.start, field="start")
        return text(calendars.at(self.calendar, start).add(start, self.seconds))


class Between(Struct, tag_field="op", tag="between"):
    calendar: Raw
    a: str
    b: str

    def result(self, calendars: Calendars) -> int:
        a, b = read(self.a, field="a"), read(self.b, field="b")
        return calendars.at(self.calendar, a).between(a, b)


class NextOpen(Struct, tag_field="op", tag="next_open"):
    calendar: Raw
    t: str

    def result(self, calendars: Calendars) -> str:
        at = read(self.t)
        return text(calendars.at(self.calendar, at).next_open(at))


class PrevOpen(Struct, tag_field="op", tag="prev_open"):
    calendar: Raw
    t: str

    def result(self, calendars: Calendars) -> str:
        at = read(self.t)
        return text(calendars.at(self.calendar, at).prev_open(at))


class SameDay(Struct, tag_field="op", tag="same_day"):
    calendar: Raw
    received: str
    cutoff: Any = None
    extra_days: int = 0

    def result(self, calendars: Calendars) -> str:
        received = read(self.received, field="received")
        calendar = calendars.at(self.calendar, received)
        return text(days.same_day(calendar, received, format.cutoff(self.cutoff), self.extra_days))


class HalfDay(Struct, tag_field="op", tag="half_day"):
    calendar: Raw
    received: str

    def result(self, calendars: Calendars) -> str:
        received = read(self.received, field="received")
        return text(days.half_day(calendars.at(self.calendar, received), received))
