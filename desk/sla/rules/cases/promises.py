"""Cases about one promise: its clock, its thresholds, a new target, another calendar, the cycles of a conversation."""

from typing import Any, Literal

from msgspec import Raw, Struct

from desk.sla.rules import clock, cycles, days, escalation, format
from desk.sla.rules.cases.calendars import Calendars
from desk.sla.rules.clock import Verdict
from desk.sla.rules.events import Event
from desk.sla.rules.instants import read, text
from desk.sla.rules.targets import Budget

_KINDS = {"open": "opened", "pause": "paused", "resume": "resumed", "retarget": "retargeted", "stop": "stopped"}


class Happening(Struct):
    t: str
    e: Literal["open", "pause", "resume", "retarget", "stop", "reopen"]
    why: str | None = None
    target_s: int | None = None

    def event(self) -> Event:
        aim = None if self.target_s is None else Budget(self.target_s)
        return Event(read(self.t), _KINDS.get(self.e, "reopened"), self.why, aim)


class Clock(Struct, tag_field="op", tag="clock"):
    calendar: Raw
    target_s: int
    events: list[Happening]
    at: str

    def result(self, calendars: Calendars) -> dict[str, Any]:
        at = read(self.at, field="at")
        calendar = calendars.at(self.calendar, at)
        events = [happening.event() for happening in self.events]
        state = clock.state_of(events, Budget(self.target_s), calendar, at, caps={}, notice=0)
        broken = state.reached_at if state.verdict is Verdict.BREACHED else None
        return {
            "elapsed_s": state.elapsed,
            "remaining_s": state.remaining,
            "state": state.verdict,
            "due": text(state.due_at) if state.verdict is Verdict.RUNNING else None,
            "breached_at": None if broken is None else text(broken),
        }


class Thresholds(Struct, tag_field="op", tag="thresholds"):
    calendar: Raw
    start: str
    target_s: int
    percents: list[int]

    def result(self, calendars: Calendars) -> list[str]:
        start = read(self.start, field="start")
        calendar = calendars.at(self.calendar, start)
        return [text(at) for at in escalation.thresholds(calendar, start, self.target_s, self.percents)]


class Retarget(Struct, tag_field="op", tag="retarget"):
    calendar: Raw
    start: str
    ran: list[tuple[str, str]]
    now: str
    new_target_s: int
    notice_s: int

    def result(self, calendars: Calendars) -> dict[str, Any]:
        now = read(self.now, field="now")
        calendar = calendars.at(self.calendar, now)
        elapsed = sum(calendar.between(read(a, field="ran"), read(b, field="ran")) for a, b in self.ran)
        left = self.new_target_s - elapsed
        due = calendar.add(now, max(left, self.notice_s))
        return {"elapsed_s": elapsed, "due": text(due), "floored": left < self.notice_s}


class CalendarChange(Struct, tag_field="op", tag="calendar_change"):
    calendar: Raw
    calendar_new: Raw
    start: str
    target_s: int

    def result(self, calendars: Calendars) -> dict[str, str]:
        start = read(self.start, field="start")
        old = calendars.at(self.calendar, start).add(start, self.target_s)
        new = calendars.at(self.calendar_new, start).add(start, self.target_s)
        return {"old_due": text(old), "raw_recomputed": text(new), "new_due": text(max(old, new))}


class Message(Struct, rename={"sender": "from"}):
    id: str
    t: str
    sender: Literal["customer", "agent"]
    public: bool = True
    automatic: bool = False
    auto: bool = False

    def message(self) -> cycles.Message:
        human = not (self.automatic or self.auto)
        asks = self.sender == "customer"
        return cycles.Message(self.id, read(self.t), asks, not asks and self.public and human)


class Responses(Struct, tag_field="op", tag="responses"):
    calendar: Raw
    messages: list[Message]
    at: str
    cutoff: Any = None

    def result(self, calendars: Calendars) -> dict[str, Any]:
        at, rule = read(self.at, field="at"), format.cutoff(self.cutoff)
        calendar = calendars.at(self.calendar, at)
        found = cycles.cycles(message.message() for message in self.messages)
        dues = [days.same_day(calendar, cycle.asked_at, rule) for cycle in found]
        waiting = [due for cycle, due in zip(found, dues, strict=True) if cycle.answered_at is None]
        return {
            "cycles": [_cycle(cycle, due, at) for cycle, due in zip(found, dues, strict=True)],
            "next_due": text(min(waiting)) if waiting else None,
        }


def _cycle(cycle: cycles.Cycle, due: int, at: int) -> dict[str, Any]:
    late = (at if cycle.answered_at is None else cycle.answered_at) > due
    state = "breached" if late else "open" if cycle.answered_at is None else "met"
    answered = None if cycle.answered_at is None else text(cycle.answered_at)
    return {"id": cycle.name, "due": text(due), "answered_at": answered, "state": state}
