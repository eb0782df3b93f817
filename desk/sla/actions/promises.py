"""The ledger: what is given, paused, kept. Nobody marks an own promise kept: that follows from what happened."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from desk import db
from desk.sla.queries import clocks
from desk.sla.queries.promises import EVENTS, Owed, events_of, owed
from desk.sla.rules import instants, targets
from desk.sla.rules.clock import State, state_of
from desk.sla.rules.events import Event
from desk.sla.rules.kinds import Kind, Standing
from desk.sla.rules.pauses import REQUESTER
from desk.sla.rules.targets import Target

_GIVE = """
with given as (
  insert into promises (token, ticket, of_update, kind, department, person, promisee, what, target, calendar,
                        started_at, due_at, breaks_at, thresholds, next_threshold_at, at_risk, state, audience,
                        size, used, runs_on)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, ($14::timestamptz[])[1], false, 'open', $15,
          $18, $19, $20)
  returning id, ticket, audience)
insert into promise_events (promise, ticket, item, at, kind, by, data, audience)
select id, ticket, $16, $11, 'opened', $17, '{}', audience from given returning promise
"""
_CHANGE = """
update promises set state = $2, due_at = $3, breaks_at = $4, thresholds = $5, settled_at = null,
       next_threshold_at = least($6, ($5::timestamptz[])[level + 1]), size = $8, used = $9, runs_on = $10
 where id = $1 and settled_at is not distinct from $7 returning id
"""
_RUN = """
update promises set size = $2, used = $3, runs_on = $4, settled_at = null
 where id = $1 and settled_at is not distinct from $5 returning id
"""
_SETTLE = """
update promises set state = $2, next_threshold_at = null, settled_at = $3
 where id = $1 and settled_at is not distinct from $4 returning id
"""
_EVENT = """
insert into promise_events (promise, ticket, item, at, kind, by, reason, data, audience)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
_MOVE = """
update promises set department = $2, person = null where ticket = $1 and settled_at is null and kind <> 'expectation'
"""
_ASSIGN = "update promises set person = $2 where ticket = $1 and settled_at is null and kind <> 'expectation'"


@dataclass(frozen=True, kw_only=True)
class About:
    """What a promise hangs on, and so whose locks it carries."""

    ticket: int
    audience: Sequence[str]
    update: int | None = None

    @property
    def item(self) -> str:
        return f"ticket:{self.ticket}" if self.update is None else f"update:{self.update}"


@dataclass(frozen=True, kw_only=True)
class Sides:
    department: int
    person: int | None
    promisee: int


async def give(
    kind: Kind,
    about: About,
    sides: Sides,
    target: Target,
    *,
    started_at: datetime,
    at: datetime,
    what: str | None = None,
) -> datetime:
    """A new promise. Returns when it is due."""
    clock = await clocks.clock(sides.department)
    goal = clock.with_cutoff(target)
    start = instants.seconds(started_at)
    state = state_of([Event(start, "opened")], goal, clock.compiled, max(start, instants.seconds(at)))
    due, breaks = instants.moment(state.due_at), instants.moment(state.breaks_at)
    await db.call(
        _GIVE, secrets.token_urlsafe(16), about.ticket, about.update, kind.value, sides.department, sides.person,
        sides.promisee, what, _json(targets.document(goal)), clock.id, started_at, due, breaks,
        [instants.moment(at) for at in state.thresholds], list(about.audience), about.item, db.reader().person,
        *_run(state),
    )  # fmt: skip
    return due


async def keep(ticket: int, kinds: Sequence[Kind], *, at: datetime) -> None:
    """What was owed has happened: kept in time or fulfilled late, which stays broken."""
    for promise in await owed(ticket, kinds):
        late = promise.state == Standing.BROKEN or at >= promise.breaks_at
        if late and promise.state != Standing.BROKEN:
            await _event(promise, "broken", promise.breaks_at)
        await _event(promise, "stopped" if late else "kept", at)
        await _settle(promise, Standing.BROKEN if late else Standing.KEPT, at)


async def withdraw(ticket: int, kinds: Sequence[Kind], *, at: datetime) -> None:
    """No longer owed. A promise that is broken by now stays broken."""
    for promise in await owed(ticket, kinds):
        late = promise.state == Standing.BROKEN or at >= promise.breaks_at
        if late and promise.state != Standing.BROKEN:
            await _event(promise, "broken", promise.breaks_at)
        await _event(promise, "withdrawn", at)
        await _settle(promise, Standing.BROKEN if late else Standing.WITHDRAWN, at)


async def pause(ticket: int, *, at: datetime) -> None:
    """Waiting for the requester stops the resolution's clock, and no other; three business days at most.

    A pause that has run out is renewed. The sweep computes nothing: it finds the thresholds as they are when the pause
    ends by itself.
    """
    for promise in await owed(ticket, [Kind.RESOLUTION]):
        state = await _state(promise, at, then=Event(instants.seconds(at), "paused", REQUESTER))
        await _event(promise, "paused", at, reason=REQUESTER)
        await _stand(promise, state)


async def resume(ticket: int, *, at: datetime) -> None:
    for promise in await owed(ticket, [Kind.RESOLUTION]):
        await _event(promise, "resumed", at, reason=REQUESTER)
        await _recompute(promise, at)


async def reopen(ticket: int, *, at: datetime) -> None:
    """The same resolution goes on; the closed time is not counted, a broken one stays broken.

    Whoever reopens has spoken, so a question that was never answered holds the clock no longer.
    """
    for promise in await owed(ticket, [Kind.RESOLUTION], settled=True):
        await _event(promise, "reopened", at)
        if (await _state(promise, at)).held:
            await _event(promise, "resumed", at, reason=REQUESTER)
        await _recompute(promise, at)


async def move(ticket: int, *, to_department: int) -> None:
    """A handover: what is owed goes along with its due times."""
    await db.call(_MOVE, ticket, to_department)


async def assign(ticket: int, *, to_person: int | None) -> None:
    await db.call(_ASSIGN, ticket, to_person)


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
        promise.settled_at, *_run(state),
    )  # fmt: skip


def _run(state: State) -> tuple[int, int, datetime | None]:
    """size, used, runs_on"""
    return state.target, state.elapsed, None if state.runs_on is None else instants.moment(state.runs_on)


async def _state(promise: Owed, at: datetime, *, then: Event | None = None) -> State:
    """Where its events leave it, with one that is about to be written."""
    clock = await clocks.version(promise.calendar)
    events = events_of(await db.call(EVENTS, promise.id)) + ([then] if then else [])
    return state_of(events, targets.read(msgspec.json.decode(promise.target)), clock.compiled, instants.seconds(at))


async def _settle(promise: Owed, standing: Standing, at: datetime) -> None:
    await db.expect_one(_SETTLE, promise.id, standing.value, at, promise.settled_at)


async def _event(
    promise: Owed, kind: str, at: datetime, *, reason: str | None = None, data: Mapping[str, Any] | None = None
) -> None:
    by = db.reader().person
    await db.call(
        _EVENT, promise.id, promise.ticket, promise.item, at, kind, by, reason, _json(data or {}), promise.audience
    )  # fmt: skip


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
