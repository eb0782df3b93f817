"""Cases about several people or calendars: escalation, handovers, common hours; and when a letter counts from."""

from typing import Any, Literal

from msgspec import Raw, Struct

from desk.sla.rules import escalation, hops, intake
from desk.sla.rules.cases.calendars import Calendars
from desk.sla.rules.instants import read, text


class Escalate(Struct, tag_field="op", tag="escalate"):
    calendar: Raw
    start: str
    target_s: int
    percents: list[int]
    chain: list[str]
    absent: list[str]
    deputy: dict[str, str]
    already: list[int]
    now: str

    def result(self, calendars: Calendars) -> list[dict[str, Any]]:
        start, now = read(self.start, field="start"), read(self.now, field="now")
        calendar = calendars.at(self.calendar, start)
        instants = escalation.thresholds(calendar, start, self.target_s, self.percents)
        line = escalation.Line(self.chain, self.absent, self.deputy)
        found = []
        for level in escalation.reached(instants, self.already, now):
            to, via = line.at(level)
            found.append({"level": level, "to": to, "via": via})
        return found


class Combine(Struct, tag_field="op", tag="combine"):
    calendars: list[Raw]
    mode: Literal["all", "any"]
    a: str
    b: str

    def result(self, calendars: Calendars) -> int:
        a, b = read(self.a, field="a"), read(self.b, field="b")
        all_of_them = [calendars.at(written, a) for written in self.calendars]
        return (hops.open_in_all if self.mode == "all" else hops.open_in_any)(all_of_them, a, b)


class Hop(Struct):
    t: str
    holder: str


class Hops(Struct, tag_field="op", tag="hops"):
    calendars: dict[str, Raw]  # null for a holder without one
    hops: list[Hop]
    end: str

    def result(self, calendars: Calendars) -> dict[str, Any]:
        end = read(self.end, field="end")
        own = {
            name: calendars.at(written, end) for name, written in self.calendars.items() if bytes(written) != b"null"
        }
        shares = hops.shares([(read(hop.t), hop.holder) for hop in self.hops], end, own)
        return {
            holder: {"wall_s": share.wall, "business_s": share.business, "visits": share.visits}
            for holder, share in shares.items()
        }


class EffectiveStart(Struct, tag_field="op", tag="effective_start"):
    processed_at: str
    max_backdate_s: int
    received_at: str | None = None

    def result(self, calendars: Calendars) -> str:
        processed = read(self.processed_at, field="processed_at")
        received = None if self.received_at is None else read(self.received_at, field="received_at")
        return text(intake.effective_start(processed, received, self.max_backdate_s))
