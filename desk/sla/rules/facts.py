"""The plain facts that explain a due; why.py tells them in each reader's language and zone."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from msgspec import Struct

from desk.sla.rules import clock, days, instants, targets
from desk.sla.rules.compiled import Compiled
from desk.sla.rules.events import AIMS, Event
from desk.sla.rules.line import Day
from desk.sla.rules.pauses import Pause
from desk.sla.rules.targets import Budget, HalfDay, Moment, SameDay, Target

_DAYS_TOLD = 10  # then the rest is told as one sum
_GAP_TOLD = 60  # days of closed time that are looked at one by one


class Fact(Struct, frozen=True, omit_defaults=True):
    """Instants are ISO UTC, days ISO dates of the calendar's zone, seconds business seconds."""

    kind: str
    at: str | None = None
    until: str | None = None
    day: str | None = None
    last_day: str | None = None
    seconds: int | None = None
    n: int | None = None
    name: str | None = None
    names: tuple[str, str] | None = None  # zh, en


class Owed(Struct, frozen=True):
    """By when, and why then."""

    at: int
    why: tuple[Fact, ...]


def due(
    target: Target, started_at: int, calendar: Compiled, told: int | None = _DAYS_TOLD, by: Iterable[Fact] = ()
) -> Owed:
    """What a promise that starts then owes, before any pause. `told`: days that are told one by one, None for all.

    `by`: which line of the policies gave the target.
    """
    at = targets.due(target, started_at, calendar)
    facts = [*_begin(target, started_at, calendar), *by]
    if isinstance(target, Moment):
        facts += _outside(target, calendar)
    if isinstance(target, Budget | HalfDay):
        facts += [*_counted(calendar, calendar.spans(started_at, at), told), Fact("used_up", at=instants.text(at))]
    return Owed(at, (*facts, _version(calendar)))


def explain(events: Iterable[Event], target: Target, calendar: Compiled, now: int, *, every_day: bool = False) -> Owed:
    """The same for a promise with a history: its start, its pauses and changes, what was used, the due that is left.

    `every_day`: all days that were counted, also where a page would tell the later ones as one sum.
    """
    told = None if every_day else _DAYS_TOLD
    past = sorted((event for event in events if event.at <= now), key=lambda event: event.at)
    state = clock.state_of(past, target, calendar, now)
    start = now if state.started_at is None else state.started_at
    changed = any(event.kind in AIMS for event in past)
    if not state.pauses and not changed:
        plain = due(target, start, calendar, told, _line(past, "policy"))
        return Owed(state.due_at, (*plain.why[:-1], *_recalculated(past, state), plain.why[-1]))
    since = [_pause(pause) for pause in state.pauses]
    since += [_change(event, calendar, start) for event in past if event.kind in AIMS and event.target]
    facts = [*_begin(target, start, calendar), *_line(past, "policy_before" if changed else "policy")]
    facts += sorted(since, key=lambda fact: fact.at or "")
    if isinstance(state.aim, Moment):
        return Owed(state.due_at, (*facts, *_outside(state.aim, calendar), _version(calendar)))
    return Owed(state.due_at, (*facts, *_used(state, told), *_recalculated(past, state), _version(calendar)))


def provisional(owed: Owed, official_until: date | None, calendar: Compiled) -> Owed:
    """Beyond the last day whose public holidays are published, a due may still move, and says so."""
    if official_until is None or instants.local_day(owed.at, calendar.zone) <= official_until.toordinal():
        return owed
    return Owed(owed.at, (*owed.why, Fact("provisional", day=official_until.isoformat())))


def _used(state: clock.State, told: int | None) -> list[Fact]:
    """What was counted of the target, what is left of it, and where that leads."""
    facts = [Fact("floored", seconds=clock.NOTICE)] if state.floored else []
    spans = [span for run in state.runs for span in state.calendar.spans(*run)]
    facts += _counted(state.calendar, spans, told)
    if state.remaining > 0:
        facts.append(Fact("left", seconds=state.remaining))
    return [*facts, Fact("due", at=instants.text(state.computed_due))]


def _recalculated(past: Iterable[Event], state: clock.State) -> list[Fact]:
    """The calendar changed meanwhile; what was given before is kept where the new one would be earlier."""
    changes = [event for event in past if event.kind == "recalculated"]
    facts = [Fact("recalculated", at=instants.text(event.at), n=event.version) for event in changes[-1:]]
    if facts and state.due_at > state.computed_due:
        facts.append(Fact("word_stands", at=instants.text(state.due_at)))
    return facts


def _begin(target: Target, start: int, calendar: Compiled) -> list[Fact]:
    match target:
        case SameDay():
            return _same_day(target, start, calendar)
        case Moment():
            return [Fact("given", at=instants.text(target.at))]
        case HalfDay():
            return [_started(start, calendar), Fact("half_day", seconds=days.half_of_day(calendar, start))]
    return [_started(start, calendar), Fact("budget", seconds=target.seconds)]


def _started(start: int, calendar: Compiled) -> Fact:
    opening = calendar.next_open(start)
    if opening == start:
        return Fact("starts", at=instants.text(start))
    return Fact("starts_later", at=instants.text(start), until=instants.text(opening))


def _same_day(target: SameDay, received: int, calendar: Compiled) -> list[Fact]:
    number = calendar.day_of(received)
    today = calendar.day(number)
    answer = days.answer_day(calendar, received, target.cutoff, target.extra_days)
    facts = [_received(target, received, calendar, number, today), *_skipped(calendar, number, answer.number)]
    if answer.number in calendar.calendar.special:
        facts.append(Fact("special_hours", at=instants.text(answer.close), day=instants.day(answer.number)))
    elif answer.number in calendar.calendar.workdays:
        facts.append(Fact("make_up", day=instants.day(answer.number)))
    kind = "closes_later" if target.extra_days else "closes"
    return [*facts, Fact(kind, at=instants.text(answer.close), n=target.extra_days or None)]


def _received(target: SameDay, received: int, calendar: Compiled, number: int, today: Day | None) -> Fact:
    at, day = instants.text(received), instants.day(number)
    if today is None:
        return Fact("closed_day", at=at, day=day)
    until = days.cutoff_of(calendar, today, target.cutoff)
    kinds = ("before_close", "after_close") if until == today.close else ("before_cutoff", "after_cutoff")
    return Fact(kinds[received >= until], at=at, until=instants.text(until), day=day)


def _skipped(calendar: Compiled, after: int, before: int) -> list[Fact]:
    """Runs of closed days between two days: a run with a public holiday in it is called one."""
    closed = [n for n in range(after + 1, min(before, after + _GAP_TOLD)) if calendar.day(n) is None]
    facts = []
    for _, group in groupby(enumerate(closed), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        one, many = ("holiday", "holidays") if calendar.calendar.holidays.intersection(run) else ("day_off", "days_off")
        last = instants.day(run[-1]) if len(run) > 1 else None
        facts.append(Fact(many if last else one, day=instants.day(run[0]), last_day=last))
    return facts


def _counted(calendar: Compiled, spans: Iterable[tuple[int, int]], at_most: int | None) -> list[Fact]:
    sums: dict[int, int] = {}
    for start, end in spans:
        number = calendar.day_of(start)
        sums[number] = sums.get(number, 0) + end - start
    told = list(sums.items())[:at_most]
    facts = [Fact("counted", day=instants.day(number), seconds=seconds) for number, seconds in told]
    if rest := list(sums.values())[len(told) :]:
        facts.append(Fact("counted_more", n=len(rest), seconds=sum(rest)))
    return facts


def _pause(pause: Pause) -> Fact:
    at, name = instants.text(pause.since), pause.reason
    if pause.until is not None:
        return Fact("pause_capped" if pause.capped else "paused", at=at, until=instants.text(pause.until), name=name)
    if pause.ends_by is not None:
        return Fact("pausing", at=at, until=instants.text(pause.ends_by), name=name)
    return Fact("pausing_open", at=at, name=name)


def _outside(word: Moment, calendar: Compiled) -> list[Fact]:
    """A word may be given for an hour at which nobody works; whoever relies on it is told."""
    return [] if days.is_in_hours(calendar, word.at) else [Fact("outside_hours", at=instants.text(word.at))]


def _change(event: Event, calendar: Compiled, start: int) -> Fact:
    if isinstance(event.target, Moment):
        return Fact("renewed", at=instants.text(event.at), until=instants.text(event.target.at))
    size = targets.seconds(event.target, start, calendar) if event.target else 0
    if event.rule is None:
        return Fact("retargeted", at=instants.text(event.at), seconds=size)
    rule = event.rule
    return Fact("retargeted_by", at=instants.text(event.at), seconds=size, n=rule.place, names=(rule.zh, rule.en))


def _line(past: Iterable[Event], kind: str) -> list[Fact]:
    """The line of the policies under which it was given, and one that was passed over."""
    opened = next((event for event in past if event.kind == "opened"), None)
    rule, passed = (opened.rule, opened.passed) if opened else (None, None)
    facts = [Fact(kind, n=rule.place, names=(rule.zh, rule.en))] if rule else []
    if passed:
        facts.append(Fact("passed", n=passed.place, names=(passed.zh, passed.en)))
    return facts


def _version(calendar: Compiled) -> Fact:
    return Fact("calendar", n=calendar.version, name=calendar.zone_data)
