"""The figures once more, slowly: plain loops over rows and the events of the ledger, with nothing of the product's.

A promise failed when the ledger says broken or reopened, or when its time is over with nothing said, and it failed whoever had
the request then, by the journal of handovers; working time is added up day by day from the hours of the firm.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = ((time(9), time(12)), (time(13, 30), time(18)))
HELD = ("first_reply", "next_reply", "resolution")  # owed by whoever has the request; others by whoever gave them


Working = Callable[[datetime, datetime], int]  # business seconds between two instants


@dataclass
class Life:
    """A promise and all that happened to it, oldest first."""

    row: Any
    ticket: Any
    events: list[Any] = field(default_factory=list)
    handed: list[tuple[datetime, int, int]] = field(default_factory=list)  # when, from and to which department
    sealed: bool = False

    def has(self, *kinds: str) -> bool:
        return any(event["kind"] in kinds for event in self.events)

    @property
    def settled(self) -> datetime | None:
        at = None
        for event in self.events:
            if event["kind"] in ("kept", "stopped", "withdrawn"):
                at = event["at"]
            if event["kind"] == "reopened":
                at = None
        return at

    @property
    def withdrawn(self) -> bool:
        ends = [e["kind"] for e in self.events if e["kind"] in ("kept", "stopped", "withdrawn", "reopened")]
        return ends[-1:] == ["withdrawn"]

    def failed(self, now: datetime) -> bool:
        if self.has("broken") or self.undone_at:
            return True
        return self.settled is None and self.row["breaks_at"] <= now

    def decided(self, now: datetime) -> bool:
        """What was kept is told when its time is over."""
        kept = self.settled is not None and not self.withdrawn and self.row["breaks_at"] <= now
        return self.failed(now) or kept

    @property
    def undone_at(self) -> datetime | None:
        """When what was kept was sent back; what was broken before, or declined, is not."""
        last = ""
        for event in self.events:
            if event["kind"] == "broken":
                return None
            if event["kind"] == "reopened" and last == "kept":
                found: datetime = event["at"]
                return found
            last = event["kind"] if event["kind"] in ("kept", "stopped", "withdrawn") else last
        return None

    @property
    def counts_at(self) -> datetime:
        found: datetime = self.undone_at or self.row["due_at"]
        return found

    def counts_for(self, now: datetime) -> int:
        """Its department; of what failed, the one that had the request then."""
        given: int = self.row["department"]
        if not self.failed(now) or self.row["kind"] not in HELD:
            return given
        broke = next((event["at"] for event in self.events if event["kind"] == "broken"), self.row["breaks_at"])
        at = self.undone_at or broke
        before = [receiving for when, _, receiving in self.handed if when < at]
        return before[-1] if before else self.handed[0][1] if self.handed else given

    @property
    def same_day(self) -> bool:
        """A reply that was owed on the same day, by the last target that it was given."""
        told = [json.loads(event["data"]) for event in self.events if event["kind"] == "retargeted"]
        target = told[-1]["target"] if told else json.loads(self.row["target"])
        return "reply" in self.row["kind"] and target["kind"] == "same_day" and not target.get("extra_days")

    def worked(self, working: Working) -> int:
        """Business seconds while the clock ran; a pause ends by itself at the close of the third working day after it."""
        total, since, asleep = 0, self.row["started_at"], False
        for event in self.events:
            if asleep and since is not None and since >= event["at"]:
                since = None  # woken before it would have ended by itself
            if event["kind"] in ("paused", "kept", "stopped", "withdrawn") and since is not None:
                total += working(since, event["at"])
                since = None
            elif event["kind"] in ("resumed", "reopened") and since is None:
                since = event["at"]
            asleep = event["kind"] == "paused" and since is None
            if asleep:
                since = _third_close(working, event["at"])
        return total


def _third_close(working: Working, at: datetime) -> datetime:
    midnight, left = datetime.combine(at.astimezone(SHANGHAI).date(), time(), SHANGHAI), 3
    while left:
        midnight += timedelta(days=1)
        left -= working(midnight, midnight + timedelta(days=1)) > 0
    whole, close = working(midnight, midnight + timedelta(days=1)), midnight
    while working(midnight, close) < whole:
        close += timedelta(minutes=1)
    return close


def usual(*closed: date) -> Callable[[Life], Working]:
    """The hours of the firm of the tests, less these days."""
    return lambda _: lambda since, until: _working(since, until, closed)


def _working(since: datetime, until: datetime, closed: Iterable[date]) -> int:
    total, day = timedelta(), since.astimezone(SHANGHAI).date()
    while day <= until.astimezone(SHANGHAI).date():
        if day.weekday() < 5 and day not in set(closed):
            for opens, closes in HOURS:
                start, end = (datetime.combine(day, at, SHANGHAI) for at in (opens, closes))
                total += max(timedelta(), min(end, until) - max(start, since))
        day += timedelta(days=1)
    return int(total.total_seconds())


async def lives(root: Any) -> list[Life]:
    tickets = {row["id"]: row for row in await root.fetch("select * from tickets")}
    shut = {row["id"] for row in await root.fetch("select id from updates where sealed")}
    found = {}
    for row in await root.fetch("select * from promises"):
        found[row["id"]] = Life(row, tickets[row["ticket"]])
        found[row["id"]].sealed = found[row["id"]].ticket["sealed"] or row["of_update"] in shut
    for event in await root.fetch("select * from promise_events order by at, id"):
        found[event["promise"]].events.append(event)
    handed = defaultdict(list)
    for entry in await root.fetch("select * from entries where tag = 'request_handed_over' order by at, id"):
        told = json.loads(entry["data"])
        handed[entry["ticket"]].append((entry["at"], told["giving"], told["receiving"]))
    for life in found.values():
        life.handed = handed[life.row["ticket"]]
    return list(found.values())


def owed(
    all_of_them: Iterable[Life], department: int, first: date, last: date, now: datetime, zone: ZoneInfo = SHANGHAI
) -> list[Life]:
    """What of a department counts on these days, and has been decided."""
    found = []
    for life in all_of_them:
        day = life.counts_at.astimezone(zone).date()
        away = life.ticket["state"] == "merged" and not life.failed(now)
        if life.counts_for(now) == department and first <= day <= last and not life.sealed and not away:
            found += [life] if life.decided(now) else []
    return found


def cells(
    lot: Iterable[Life], now: datetime, zone: ZoneInfo = SHANGHAI
) -> dict[tuple[str, int, date], tuple[int, int, int, int]]:
    """(kind, service, Monday) -> n, failed, reopened, renewed."""
    found: dict[tuple[str, int, date], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for life in lot:
        day = life.counts_at.astimezone(zone).date()
        cell = found[life.row["kind"], life.ticket["service"], day - timedelta(days=day.weekday())]
        for n, counts in enumerate((True, life.failed(now), life.has("reopened"), life.has("renewed"))):
            cell[n] += counts
    return {key: tuple(cell) for key, cell in found.items()}  # type: ignore[misc]


def spans(
    lot: Iterable[Life], kind: str, working: Callable[[Life], Working]
) -> tuple[int, int, tuple[int, ...], tuple[int, ...]]:
    """n, unanswered, then p50, p85, p95 and the longest in business and in wall seconds, cut off to minutes."""
    every = [life for life in lot if life.row["kind"] == kind]
    done = [life for life in every if life.settled is not None and not life.withdrawn]
    wall = sorted(int((life.settled - life.row["started_at"]).total_seconds()) for life in done if life.settled)
    business = sorted(life.worked(working(life)) for life in done)
    return len(done), len(every) - len(done), _steps(business), _steps(wall)


def _steps(values: list[int]) -> tuple[int, ...]:
    return (
        tuple(values[max(0, ceil(share * len(values) / 100) - 1)] // 60 * 60 for share in (50, 85, 95, 100))
        if values
        else ()
    )
