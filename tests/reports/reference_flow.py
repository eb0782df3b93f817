"""How requests come, go and rest on people, once more and slowly: plain loops over hops, requests, words and the ledger."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from tests.reports.reference import Life, lives

_ENDS = """
select ticket, at, 'declined' as way from updates where kind = 'decline'
union all select ticket, at, 'withdrawn' from entries where tag = 'request_withdrawn'
union all select ticket, at, 'merged' from relations where kind = 'merged'
"""


@dataclass
class Stay:
    ticket: Any
    department: int
    since: datetime
    came_from: int | None
    until: datetime | None = None
    held: timedelta = timedelta()


@dataclass
class World:
    """Everything that is not sealed; `since` and `until` of the period asked about, and now."""

    since: datetime
    until: datetime
    now: datetime
    tickets: dict[int, Any] = field(default_factory=dict)
    hops: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    updates: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    lives: list[Life] = field(default_factory=list)
    ends: dict[int, list[tuple[datetime, str]]] = field(default_factory=lambda: defaultdict(list))  # but resolutions

    def within(self, at: datetime | None) -> bool:
        return at is not None and self.since <= at < self.until

    def stays(self) -> Iterator[list[Stay]]:
        """Of each request, in their order."""
        for number, hops in self.hops.items():
            yield _stays(self.tickets[number], hops, self.now)


async def world(root: Any, since: datetime, until: datetime, now: datetime) -> World:
    found = World(since, until, now)
    for row in await root.fetch("select * from tickets where not sealed"):
        found.tickets[row["id"]] = row
    for row in await root.fetch("select * from hops order by since, id"):
        if row["ticket"] in found.tickets:
            found.hops[row["ticket"]].append(row)
    for row in await root.fetch("select * from updates where not sealed order by at, id"):
        found.updates[row["ticket"]].append(row)
    for row in await root.fetch(_ENDS):
        found.ends[row["ticket"]].append((row["at"], row["way"]))
    found.lives = [life for life in await lives(root) if not life.sealed]
    return found


def _stays(ticket: Any, hops: list[Any], now: datetime) -> list[Stay]:
    found: list[Stay] = []
    here: Stay | None = None
    before = None
    for hop in hops:
        if hop["holder"] == "nobody" and here:
            here.until, here = hop["since"], None
        if hop["holder"] != "department":
            continue
        if here is None or here.department != hop["department"]:
            if here:
                here.until = hop["since"]
            here = Stay(ticket, hop["department"], hop["since"], before if before != hop["department"] else None)
            found.append(here)
        here.held += (hop["until"] or now) - hop["since"]
        before = hop["department"]
    if here:
        here.until = hops[-1]["until"]
    return found


def arrivals(of: World, department: int, zone: ZoneInfo) -> tuple[Counter[Any], Counter[Any]]:
    """By local day and hour: what came, what went."""
    came: Counter[Any] = Counter()
    went: Counter[Any] = Counter()
    for number in of.hops:
        for _, at, is_coming in _moves(of, number, department):
            if of.within(at):
                local = at.astimezone(zone)
                (came if is_coming else went)[local.date(), local.hour] += 1
    return came, went


def came_and_went(of: World, department: int) -> tuple[set[int], set[int]]:
    """Numbers of the requests."""
    lot = [one for number in of.hops for one in _moves(of, number, department) if of.within(one[1])]
    told = ({of.tickets[number]["number"] for number, _, is_coming in lot if is_coming == way} for way in (True, False))
    return next(told), next(told)


def _moves(of: World, number: int, department: int) -> Iterator[tuple[int, datetime, bool]]:
    """(request, when, came or went) in the order of time: whose work it is, told again after everything that happens to
    it. It is a department's from when that gets it until another does, an outcome is given, or it ends.
    """
    here = False
    for at, whose in _happenings(of, number):
        if whose == "requester":
            continue
        is_ours = whose == department
        if is_ours != here:
            yield number, at, is_ours
        here = is_ours


def _happenings(of: World, number: int) -> list[tuple[datetime, Any]]:
    """When, and whose work it is from then on: a department's, nobody's (None), or as before ("requester").

    In one instant hops that begin and end in it come first, then an outcome, then the hop that lasts.
    """
    found: list[tuple[datetime, int, Any]] = []
    hops = of.hops[number]
    for n, hop in enumerate(hops):
        lasts = 2 if hop["until"] is None or hop["until"] > hop["since"] else 0
        found.append((hop["since"], lasts, hop["department"] if hop["holder"] != "requester" else "requester"))
        if hop["until"] is not None and n == len(hops) - 1:
            found.append((hop["until"], 3, None))
    found += [(update["at"], 1, None) for update in of.updates[number] if update["kind"] == "outcome"]
    return [(at, whose) for at, _, whose in sorted(found, key=lambda one: one[:2])]


def handovers(of: World, department: int) -> dict[tuple[int, bool], tuple[int, int, int, int]]:
    """(other, came) -> n, p50, longest, returned"""
    waited: dict[tuple[int, bool], list[int]] = defaultdict(list)
    returned: Counter[tuple[int, bool]] = Counter()
    for stays in of.stays():
        for n, stay in enumerate(stays):
            if (
                stay.came_from is None
                or department not in (stay.department, stay.came_from)
                or not of.within(stay.since)
            ):
                continue
            came = stay.department == department
            key = (stay.came_from if came else stay.department, came)
            waited[key].append(int(stay.held.total_seconds()))
            returned[key] += any(later.department == stay.came_from for later in stays[n + 1 :])
    return {key: (len(lot), _median(lot), max(lot), returned[key]) for key, lot in waited.items()}


def _median(lot: list[int]) -> int:
    return sorted(lot)[ceil(len(lot) / 2) - 1]


def to_and_fro(of: World, department: int) -> dict[tuple[int, int], tuple[int, datetime]]:
    """(number, other) -> how often, when last"""
    found = {}
    for stays in of.stays():
        for other in {stay.department for stay in stays} - {department}:
            passes = [
                s for s in stays if s.came_from is not None and {s.department, s.came_from} == {department, other}
            ]
            if len(passes) >= 3 and any(of.within(one.since) for one in passes):
                found[stays[0].ticket["number"], other] = (len(passes), max(one.since for one in passes))
    return found


def hands(of: World, department: int) -> dict[tuple[str, int | None], list[int]]:
    """Seconds of each request by holder; ("all", None): from filing until it was resolved, or ended without."""
    found: dict[tuple[str, int | None], list[int]] = defaultdict(list)
    for number, hops in of.hops.items():
        ticket, times = of.tickets[number], Counter[tuple[str, int | None]]()
        end = ticket["resolved_at"] or ticket["ended_at"]
        if not of.within(end) or not any(hop["department"] == department and hop["since"] <= end for hop in hops):
            continue
        for hop in hops:
            if hop["since"] < end:
                times[hop["holder"], hop["department"]] += int(
                    (min(hop["until"] or end, end) - hop["since"]).total_seconds()
                )
        times["all", None] = int((end - ticket["filed_at"]).total_seconds())
        for key, seconds in times.items():
            found[key].append(seconds)
    return dict(found)


def sign_offs(of: World, department: int) -> tuple[int, int, int, int]:
    """On the spot, in time, late, owed; of what was not taken back in time."""
    counts = [0, 0, 0, 0]
    for life in of.lives:
        row = life.row
        if row["department"] != department or row["kind"] != "sign_off" or not of.within(row["due_at"]):
            continue
        if life.withdrawn and not life.has("broken"):
            continue
        if life.settled is None or life.withdrawn:
            counts[3] += 1
        elif life.settled <= row["started_at"] + timedelta(minutes=15):
            counts[0] += 1
        else:
            counts[2 if life.has("broken") else 1] += 1
    return counts[0], counts[1], counts[2], counts[3]


def resolved(of: World, department: int) -> list[Any]:
    return [t for t in of.tickets.values() if t["department"] == department and of.within(t["resolved_at"])]


def first_contact(of: World, department: int) -> tuple[int, int]:
    """(hits, n); an extract that is handed out together with the outcome is part of it."""
    lot, hits = resolved(of, department), 0
    for ticket in lot:
        said = [u for u in of.updates[ticket["id"]] if u["for_requester"] and u["author"] != ticket["requester"]]
        words = [u for u in said if u["kind"] != "extract" or u["at"] < ticket["resolved_at"]]
        alone = {hop["department"] for hop in of.hops[ticket["id"]] if hop["department"]} == {department}
        never_open = len([u for u in words if u["kind"] == "outcome"]) == 1
        hits += alone and never_open and words[0]["kind"] == "outcome"
    return hits, len(lot)


def ended(of: World, department: int) -> dict[str, int]:
    """By what was said and done, not by where a request stands: it is at an end, and that is how it came to it."""
    counts: Counter[str] = Counter()
    for number, hops in of.hops.items():
        serves = of.tickets[number]["department"]
        for at, way in of.ends[number]:
            counts[way] += serves == department and at == hops[-1]["until"] and of.within(at)
    return {way: n for way, n in counts.items() if n}


def single_points(of: World, department: int) -> dict[int, tuple[int, int, int]]:
    """service -> n, people, most"""
    done: dict[int, Counter[int]] = defaultdict(Counter)
    for ticket in resolved(of, department):
        done[ticket["service"]][ticket["handler"]] += 1
    return {service: (lot.total(), len(lot), max(lot.values())) for service, lot in done.items() if lot.total() >= 5}


def requesters(of: World, department: int) -> tuple[int, int, int, dict[int, int]]:
    people: Counter[int] = Counter()
    departments: Counter[int] = Counter()
    for number, ticket in of.tickets.items():
        if any(of.within(at) and is_coming for _, at, is_coming in _moves(of, number, department)):
            people[ticket["requester"]] += 1
            departments[ticket["requesting_department"]] += 1
    return people.total(), len(people), max(people.values(), default=0), dict(departments)


def mutual(of: World, department: int) -> dict[int, dict[str, tuple[int, int]]]:
    """other -> ours, theirs, help: (kept, n)"""
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: {part: [0, 0] for part in ("ours", "theirs", "help")})
    for life in of.lives:
        row = life.row
        away = life.ticket["state"] == "merged" and not life.failed(of.now)
        if not of.within(life.counts_at) or not life.decided(of.now) or away:
            continue
        at = life.settled or of.now
        holders = {hop["department"] for hop in of.hops[row["ticket"]] if hop["department"] and hop["since"] < at}
        for other, part in _parts(row, life.counts_for(of.now), holders, department):
            found[other][part][0] += not life.failed(of.now)
            found[other][part][1] += 1
    return {other: {part: (kept, n) for part, (kept, n) in parts.items()} for other, parts in found.items()}


def _parts(row: Any, owing: int, holders: set[int], department: int) -> list[tuple[int, str]]:
    if row["kind"] == "resolution" and owing == department:
        return [(other, "ours") for other in holders - {department}]
    if row["kind"] in ("resolution", "ola") and owing != department and department in holders:
        return [(owing, "help" if row["kind"] == "ola" else "theirs")]
    return []
