"""A calendar has a new version: what is owed by it and not late yet is computed anew. A due never comes earlier.

Verdicts that are known, and moments that somebody named, stay as they are.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from desk import db
from desk.queue import wake
from desk.sla.queries import clocks
from desk.sla.queries.clocks import Clock
from desk.sla.queries.promises import events_of
from desk.sla.rules import instants, targets
from desk.sla.rules.clock import state_of
from desk.sla.rules.events import Event

_OWED = "select * from owed_on_old_calendars($1, $2, $3)"
_MOVE = "select move_dues($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"


class Moved(NamedTuple):
    """Where a promise goes; `wakes` ends its pause; the shares of its target are used up at `half`, `risk`, `more`."""

    id: int
    old: datetime
    due: datetime
    breaks: datetime
    wakes: datetime | None
    half: datetime
    risk: datetime
    more: datetime


async def recalculate(calendar: int, *, at: datetime, after: int, at_most: int) -> tuple[int, int] | None:
    """The next portion by id: (last id, how many moved); None when nothing is left."""
    rows = await db.fetch(_OWED, calendar, after, at_most)
    if not rows:
        return None
    moves = computed(rows, await clocks.version(calendar), at)
    moved: int = await db.call(_MOVE, calendar, at, *(list(column) for column in zip(*moves, strict=True)))
    db.after_commit("wake", wake)
    return rows[-1]["id"], moved


def computed(rows: Iterable[Any], clock: Clock, at: datetime) -> list[Moved]:
    """Rows of owed_on_old_calendars."""
    now = instants.seconds(at)
    return [_moved(row, clock, now) for row in rows]


def _moved(row: Any, clock: Clock, now: int) -> Moved:
    old = instants.seconds(row["due_at"])
    events = [*events_of(row["events"]), Event(now, "recalculated", floor=old, version=clock.version)]
    target = targets.read(msgspec.json.decode(row["target"]))
    state = state_of(events, target, clock.compiled, now)
    half, risk, breaks, more = (instants.moment(at) for at in state.thresholds)
    wakes = None if state.paused_until is None else instants.moment(state.paused_until)
    return Moved(row["id"], row["due_at"], instants.moment(state.due_at), breaks, wakes, half, risk, more)
