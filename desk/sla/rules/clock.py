"""A promise's clock: elapsed, due and verdict as a pure function of its events, its target and its calendar."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from operator import attrgetter

from msgspec import Struct

from desk.sla.rules import targets
from desk.sla.rules.calendar import without
from desk.sla.rules.compiled import Compiled
from desk.sla.rules.events import AIMS, STOPS, Event
from desk.sla.rules.line import Spans
from desk.sla.rules.pauses import CAPS, Pause, pauses_of
from desk.sla.rules.targets import Moment, SameDay, Target

NOTICE = 1800  # business seconds that a changed target leaves at least
AT_RISK = 75  # percent of the target
_AT = attrgetter("at")
_BY_INSTANT = (SameDay, Moment)


class Verdict(StrEnum):
    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"


def state_of(
    events: Iterable[Event],
    target: Target,
    calendar: Compiled,
    now: int,
    *,
    caps: Mapping[str, int] = CAPS,
    notice: int = NOTICE,
) -> "State":
    """Where a promise stands at an instant; events after it do not count.

    `caps`: business days after which a reason to wait ends by itself. `notice`: business seconds left by a retarget.
    """
    past = [event for event in events if event.at <= now]
    past.sort(key=_AT)
    pauses = () if isinstance(target, Moment) else pauses_of(past, calendar, now, caps)
    runs, stopped = _worked(past, now)
    if pauses:
        runs = without(runs, tuple((pause.since, now if pause.until is None else pause.until) for pause in pauses))
    started = next(iter([event.at for event in past if event.kind == "opened"]), None)
    aim, size, floored = _aim(past, target, calendar, runs, now if started is None else started, notice)
    word = max([event.floor for event in _since_aim(past) if event.floor is not None], default=None)
    ran = [calendar.between(start, end) for start, end in runs]
    steady = runs[0][0] if len(runs) == 1 and runs[0][1] == now and not pauses else None
    return State(calendar, aim, size, floored, started, stopped, runs, pauses, now, ran, sum(ran), steady, word)


class State(Struct, frozen=True, gc=False):
    """Durations are business seconds, instants seconds since 1970 UTC."""

    calendar: Compiled
    aim: Target
    target: int  # what the elapsed time may reach
    floored: bool  # the last change of target left less than the notice, so the notice counted
    started_at: int | None
    stopped: bool
    runs: Spans
    pauses: tuple[Pause, ...]
    now: int
    ran: Sequence[int]  # in each of the runs
    elapsed: int
    steady: int | None = None  # since when it has run without ever standing still
    word: int | None = None  # the latest due that was ever given: a change of calendar does not take it back

    @property
    def remaining(self) -> int:
        return self.target - self.elapsed

    @property
    def verdict(self) -> Verdict:
        if self.started_at is None:
            return Verdict.NOT_STARTED
        if self._late:
            return Verdict.BREACHED
        if self.stopped:
            return Verdict.MET
        return Verdict.PAUSED if self.held else Verdict.RUNNING

    @property
    def held(self) -> tuple[Pause, ...]:
        """The pauses that last."""
        return tuple([pause for pause in self.pauses if pause.until is None])

    @property
    def paused_until(self) -> int | None:
        """When the clock goes on by itself; None when it runs or only an answer can wake it."""
        if not self.pauses:
            return None
        ends = [pause.ends_by for pause in self.held]
        known = [end for end in ends if end is not None]
        return max(known) if known and len(known) == len(ends) else None

    @property
    def runs_on(self) -> int | None:
        """From when the clock runs on; None when it has stopped, or only an answer can wake it."""
        if self.stopped or self.started_at is None:
            return None
        return self.paused_until if self.pauses and self.held else self.now

    @property
    def reached_at(self) -> int | None:
        """The instant at which the target was used up."""
        if isinstance(self.aim, Moment):
            return self.aim.at if self._end >= self.aim.at else None
        return self._reach(self.target)

    @property
    def due_at(self) -> int:
        """By when it is owed as things stand; for a paused clock, if the pause ends as late as it can."""
        if isinstance(self.aim, Moment):
            return self.aim.at
        return self.computed_due if self.word is None else max(self.computed_due, self.word)

    @property
    def computed_due(self) -> int:
        """What the calendar alone gives."""
        return self._reach_or_project(self.target)

    @property
    def at_risk_at(self) -> int:
        return self.share_at(AT_RISK)

    def share_at(self, percent: int) -> int:
        """The instant at which so much of the target is, was or would be used up."""
        if not self.target and isinstance(self.aim, Moment):
            start = self._onward if self.started_at is None else self.started_at
            return start + targets.share(percent, max(0, self.aim.at - start))
        return self._reach_or_project(targets.share(percent, self.target))

    @property
    def thresholds(self) -> tuple[int, ...]:
        """When the levels of escalation hear of it: 50 and 75 % used up, broken, 150 %."""
        breaks = self._breaks(self.due_at)
        return (self.share_at(50), self.at_risk_at, breaks, max(breaks, self.share_at(150)))

    @property
    def is_at_risk(self) -> bool:
        return self.verdict in (Verdict.RUNNING, Verdict.PAUSED) and self.now >= self.at_risk_at

    @property
    def breaks_at(self) -> int:
        """The first instant at which it counts as broken unless something happens before."""
        return self._breaks(self.due_at)

    def _breaks(self, due: int) -> int:
        return (due if self._by_instant else self.calendar.next_open(due)) + 1

    @property
    def _by_instant(self) -> bool:
        return isinstance(self.aim, _BY_INSTANT)

    @property
    def _late(self) -> bool:
        """Elapsed > target; what is due at an instant is also late in the closed time after it."""
        if self.word is not None and self._end <= self.word:
            return False
        if self._by_instant:
            return self.reached_at is not None and self._end > self.reached_at
        return self.elapsed > self.target

    @property
    def _end(self) -> int:
        if self.runs:
            return self.runs[-1][1]
        return self.started_at if self.stopped and self.started_at is not None else self.now  # kept as soon as given

    @property
    def _onward(self) -> int:
        return self.now if self.paused_until is None else self.paused_until

    def _reach_or_project(self, wanted: int) -> int:
        if self.steady is not None:
            return self.calendar.add(self.steady, wanted)
        reached = self._reach(wanted)
        return self.calendar.add(self._onward, wanted - self.elapsed) if reached is None else reached

    def _reach(self, wanted: int) -> int | None:
        for (start, _), ran in zip(self.runs, self.ran, strict=True):
            if ran >= wanted:
                return self.calendar.add(start, wanted)
            wanted -= ran
        return None


def _worked(past: Sequence[Event], now: int) -> tuple[Spans, bool]:
    """Spans between opening and stop, reopening and stop; and whether it is stopped now."""
    spans: list[tuple[int, int]] = []
    opened = stopped = False
    since: int | None = None
    for event in past:
        opened |= event.kind == "opened"
        stopped = (stopped or event.kind in STOPS) and event.kind != "reopened"
        if opened and not stopped and since is None:
            since = event.at
        elif stopped and since is not None:
            spans.append((since, event.at))
            since = None
    if since is not None:
        spans.append((since, now))
    return tuple([span for span in spans if span[0] < span[1]]), stopped


def _since_aim(past: Sequence[Event]) -> Sequence[Event]:
    """What happened since the target changed: a word that was given for another target does not hold for this one."""
    changes = [n for n, event in enumerate(past) if event.kind in AIMS and event.target is not None]
    return past[changes[-1] :] if changes else past


def _aim(
    past: Sequence[Event], target: Target, calendar: Compiled, runs: Spans, started: int, notice: int
) -> tuple[Target, int, bool]:
    """(target in force, its business seconds, whether the notice was longer than what it left)."""
    aim, size, floored = target, targets.seconds(target, started, calendar), False
    for event in past:
        if event.kind in AIMS and event.target is not None:
            aim, size = event.target, targets.seconds(event.target, started, calendar)
            least = _elapsed(calendar, tuple((start, min(end, event.at)) for start, end in runs)) + notice
            floored = (
                bool(notice) and size < least and not isinstance(aim, Moment)
            )  # what was agreed to needs no notice
            size = max(size, least) if floored else size
    return aim, size, floored


def _elapsed(calendar: Compiled, runs: Spans) -> int:
    return sum([calendar.between(start, end) for start, end in runs])
