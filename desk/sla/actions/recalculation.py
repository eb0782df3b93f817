"""A calendar has a new version: what is owed by it and not late yet is computed anew. A due never comes earlier.

Verdicts that are known, and moments that somebody named, stay as they are.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
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
from desk.sla.rules.targets import Target

OWED = "select * from owed_on_old_calendars($1, $2, $3)"
_MOVE = "select move_dues($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"


class Moved(NamedTuple):
    """Where a promise goes, in seconds since 1970: a million instants are dear as datetimes.

    `wakes` ends its pause; the shares of its target are used up at `half`, `risk`, `more`; `size`, `used`, `runs`: see
    tables.
    """

    id: int
    old: int
    due: int
    breaks: int
    wakes: int | None
    half: int
    risk: int
    more: int
    size: int
    used: int
    runs: int | None


async def recalculate(calendar: int, *, at: datetime, after: int, at_most: int) -> tuple[int, int] | None:
    """The next portion by id: (last id, how many moved); None when nothing is left."""
    rows = await db.fetch(OWED, calendar, after, at_most)
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
    old, told = row["due"], row["events"]
    events = events_of(told) if told else [Event(row["started"], "opened")]
    events.append(Event(now, "recalculated", floor=old, version=clock.version))
    state = state_of(events, _target(row["target"]), clock.compiled, now)
    half, risk, breaks, more = state.thresholds
    return Moved(
        row["id"], old, state.due_at, breaks, state.paused_until, half, risk, more, state.target, state.elapsed,
        state.runs_on,
    )  # fmt: skip


@lru_cache(maxsize=1000)
def _target(written: str) -> Target:
    """A firm has some dozens."""
    return targets.read(msgspec.json.decode(written))
