"""The ledger: what is given, paused, kept. Nobody marks an own promise kept: that follows from what happened."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from desk import db
from desk.sla.queries import clocks
from desk.sla.queries.clocks import Clock
from desk.sla.queries.promises import EVENTS, Owed, events_of, owed
from desk.sla.rules import instants, targets
from desk.sla.rules.clock import State, state_of
from desk.sla.rules.events import Event
from desk.sla.rules.kinds import HELD, Kind, Standing
from desk.sla.rules.pauses import REQUESTER
from desk.sla.rules.policies import Standard
from desk.sla.rules.targets import Moment, Target

_GIVE = """
with owed as (
  select * from jsonb_to_recordset($9) as x(token text, kind text, target jsonb, due timestamptz, breaks timestamptz,
    thresholds timestamptz[], policy integer, told jsonb, size integer, used integer, runs_on timestamptz)),
given as (
  insert into promises (token, ticket, of_update, kind, department, person, promisee, what, target, calendar,
                        started_at, due_at, breaks_at, thresholds, next_threshold_at, at_risk, state, audience, policy,
                        size, used, runs_on)
  select token, $1, $2, kind, $3, $4, $5, $6, target, $7, $8, due, breaks, thresholds, thresholds[1], false, 'open',
         $10, policy, size, used, runs_on from owed
  returning id, ticket, kind, audience)
insert into promise_events (promise, ticket, item, at, kind, by, data, audience)
select g.id, g.ticket, $11, $8, 'opened', $12, o.told, g.audience from given g join owed o using (kind)
"""
_CHANGE = """
update promises set state = $2, due_at = $3, breaks_at = $4, thresholds = $5, settled_at = null,
       at_risk = ($5::timestamptz[])[2] <= $8, next_threshold_at = least($6, next_threshold($5, level, $8)),
       size = $9, used = $10, runs_on = $11
 where id = $1 and settled_at is not distinct from $7 returning id
"""
_RUN = """
update promises set size = $2, used = $3, runs_on = $4, settled_at = null
 where id = $1 and settled_at is not distinct from $5 returning id
"""
_UNDER = "update promises set policy = $2 where id = $1"
_SETTLE = """
with settled as (update promises set state = $2, next_threshold_at = null, settled_at = $3
                  where id = $1 and settled_at is not distinct from $4 returning id, ticket)
insert into promise_events (promise, ticket, item, at, kind, by, data, audience)
select id, ticket, $5, $3, $6, $7, '{}', $8 from settled returning id
"""
_EVENT = """
insert into promise_events (promise, ticket, item, at, kind, by, reason, data, audience)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
_MOVE = """
update promises set department = $2, person = null where ticket = $1 and settled_at is null and kind = any($3)
"""
_ASSIGN = "update promises set person = $2 where ticket = $1 and settled_at is null and kind = any($3)"


@dataclass(frozen=True, kw_only=True)
class About:
    """What a promise hangs on, and so whose locks it carries."""

    ticket: int
    audience: Sequence[str]
    update: int | None = None

    @property
    def item(self) -> str:
        return f"ticket:{self.ticket}" if self.update is None else f"update:{self.update}"


@dataclass(frozen=True)
class Moved:
    """A due that another target has moved."""

    kind: Kind
    old: datetime
    due: datetime


@dataclass(frozen=True)
class Sides:
    """Who owes it, as a department and where one answers as a person; to whom."""

    department: int
    person: int | None
    promisee: int


async def give(
    targets_of: Mapping[Kind, Target],
    about: About,
    sides: Sides,
    *,
    started_at: datetime,
    at: datetime,
    what: str | None = None,
    under: Standard | None = None,
    clock: Clock | None = None,
) -> None:
    """New promises of one giver. `under`: the standard that the targets come from, which they remember; `clock`: the
    department's, where the caller has it.
    """
    clock = clock or await clocks.clock(sides.department)
    start, now = instants.seconds(started_at), instants.seconds(at)
    new = [_new(kind, clock, target, start, now, under) for kind, target in targets_of.items()]
    await db.call(
        _GIVE, about.ticket, about.update, sides.department, sides.person, sides.promisee, what, clock.id, started_at,
        _json(new), list(about.audience), about.item, db.reader().person,
    )  # fmt: skip


class _New(Struct, frozen=True, kw_only=True):
    """What tells promises of one giver apart."""

    token: str
    kind: Kind
    target: dict[str, Any]
    due: datetime
    breaks: datetime
    thresholds: list[datetime]
    policy: int | None
    told: dict[str, Any]
    size: int
    used: int
    runs_on: datetime | None


def _new(kind: Kind, clock: Clock, target: Target, start: int, now: int, under: Standard | None) -> _New:
    goal = clock.with_cutoff(target)
    state = state_of([Event(start, "opened")], goal, clock.compiled, max(start, now))
    size, used, runs_on = _run(state)
    return _New(
        token=secrets.token_urlsafe(16),
        kind=kind,
        target=targets.document(goal),
        due=instants.moment(state.due_at),
        breaks=instants.moment(state.breaks_at),
        thresholds=[instants.moment(at) for at in state.thresholds],
        policy=_line(under, kind),
        told=under.told(kind) if under else {},
        size=size,
        used=used,
        runs_on=runs_on,
    )


async def keep(promises: Iterable[Owed], *, at: datetime) -> None:
    """What was owed has happened: kept in time or fulfilled late, which stays broken."""
    for promise in promises:
        await _end(promise, Standing.KEPT, at)


async def withdraw(promises: Iterable[Owed], *, at: datetime) -> None:
    """No longer owed. A promise that is broken by now stays broken."""
    for promise in promises:
        await _end(promise, Standing.WITHDRAWN, at)


async def pause(promises: Iterable[Owed], reason: str, *, at: datetime) -> None:
    """The clock stands still until the answer comes, three business days at most; a pause that has run out is renewed.

    The sweep computes nothing: it finds the thresholds as they are when the pause ends by itself.
    """
    for promise in promises:
        state = await _state(promise, at, then=Event(instants.seconds(at), "paused", reason))
        await record(promise, "paused", at, reason=reason)
        await _stand(promise, state)


async def resume(promises: Iterable[Owed], reason: str, *, at: datetime) -> None:
    for promise in promises:
        await record(promise, "resumed", at, reason=reason)
        await _recompute(promise, at)


async def reopen(ticket: int, *, at: datetime) -> None:
    """The same resolution goes on; the closed time is not counted, a broken one stays broken.

    Whoever reopens has spoken, so a question that was never answered holds the clock no longer.
    """
    for promise in await owed(ticket, [Kind.RESOLUTION], settled=True):
        await record(promise, "reopened", at)
        if (await _state(promise, at)).held:
            await record(promise, "resumed", at, reason=REQUESTER)
        await _recompute(promise, at)


async def retarget(ticket: int, under: Standard, *, at: datetime) -> list[Moved]:
    """Another line of the policies holds, or none any more. What is used up and the pauses stay; a broken one does."""
    moved = []
    for promise in await owed(ticket, HELD):
        before = await _state(promise, at)
        goal = (await clocks.version(promise.calendar)).with_cutoff(under.target(promise.kind))
        if promise.state == Standing.BROKEN or at >= promise.breaks_at or goal == before.aim:
            continue
        state = await _state(promise, at, then=Event(before.now, "retargeted", target=goal))
        due = instants.moment(state.due_at)
        log = {"target": targets.document(goal), "from": promise.due_at, "to": due, **under.told(promise.kind)}
        await record(promise, "retargeted", at, data=log)
        await db.call(_UNDER, promise.id, _line(under, promise.kind))
        await _stand(promise, state)
        moved.append(Moved(promise.kind, promise.due_at, due))
    return moved


async def renew(promise: Owed, to: Moment, words: str, *, at: datetime) -> None:
    """A word comes later, as its promisee has agreed."""
    state = await _state(promise, at, then=Event(instants.seconds(at), "renewed", target=to))
    said = {"words": words} if words else {}
    await record(promise, "renewed", at, data={"target": targets.document(to), **said})
    await _stand(promise, state)


async def move(ticket: int, *, to_department: int) -> None:
    """A handover: what is owed goes along with its due times."""
    await db.call(_MOVE, ticket, to_department, HELD)


async def assign(ticket: int, *, to_person: int | None) -> None:
    await db.call(_ASSIGN, ticket, to_person, HELD)


async def _end(promise: Owed, standing: Standing, at: datetime) -> None:
    late = promise.state == Standing.BROKEN or at >= promise.breaks_at
    if late and promise.state != Standing.BROKEN:
        await record(promise, "broken", promise.breaks_at)
    word = "withdrawn" if standing is Standing.WITHDRAWN else "stopped" if late else "kept"
    stands = Standing.BROKEN if late else standing
    by = db.reader().person
    await db.expect_one(
        _SETTLE, promise.id, stands.value, at, promise.settled_at, promise.item, word, by, promise.audience
    )


def _line(under: Standard | None, kind: Kind) -> int | None:
    line = under and under.giver(kind)
    return line.id if line else None


async def _recompute(promise: Owed, at: datetime) -> None:
    await _stand(promise, await _state(promise, at))


async def _stand(promise: Owed, state: State) -> None:
    """What is broken, or about to be found so, stays as it is; only its clock runs on."""
    late = promise.settled_at is None and instants.moment(state.now) >= promise.breaks_at
    if late or promise.state == Standing.BROKEN:
        await db.expect_one(_RUN, promise.id, *_run(state), promise.settled_at)
        return
    standing = Standing.PAUSED if state.held else Standing.OPEN
    wakes = None if state.paused_until is None else instants.moment(state.paused_until)
    due, breaks = instants.moment(state.due_at), instants.moment(state.breaks_at)
    await db.expect_one(
        _CHANGE, promise.id, standing.value, due, breaks, [instants.moment(at) for at in state.thresholds], wakes,
        promise.settled_at, instants.moment(state.now), *_run(state),
    )  # fmt: skip


def _run(state: State) -> tuple[int, int, datetime | None]:
    """size, used, runs_on"""
    return state.target, state.elapsed, None if state.runs_on is None else instants.moment(state.runs_on)


async def _state(promise: Owed, at: datetime, *, then: Event | None = None) -> State:
    """Where its events leave it, with one that is about to be written."""
    clock = await clocks.version(promise.calendar)
    events = events_of(await db.call(EVENTS, promise.id)) + ([then] if then else [])
    return state_of(events, targets.read(msgspec.json.decode(promise.target)), clock.compiled, instants.seconds(at))


async def record(
    promise: Owed, kind: str, at: datetime, *, reason: str | None = None, data: Mapping[str, Any] | None = None
) -> None:
    by = db.reader().person
    await db.call(
        _EVENT, promise.id, promise.ticket, promise.item, at, kind, by, reason, _json(data or {}), promise.audience
    )  # fmt: skip


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
