"""What a renewal needs to know: who asked, how often a word was moved, who is told of it."""

from datetime import datetime

import msgspec
from msgspec import Struct

from desk import db
from desk.sla.queries.promises import Told, events_of, rows_of
from desk.sla.rules import instants, targets
from desk.sla.rules.targets import Moment

_ASKER = "select by from promise_events where promise = $1 and kind = 'renewal_asked' order by id desc limit 1"
_RENEWALS = "select count(*) from promise_events where promise = $1 and kind = 'renewed'"
_SUPERIOR = "select person from line_at($1, 2, $2)"


async def asker(promise: int) -> int | None:
    """Who asked last to move it."""
    person: int | None = await db.call(_ASKER, promise)
    return person


async def renewals(promise: int) -> int:
    count: int = await db.call(_RENEWALS, promise)
    return count


async def superior(giver: int | None, at: datetime) -> int | None:
    """Who stands above, or that person's deputy: the line along which a promise climbs when its time runs out."""
    person: int | None = await db.call(_SUPERIOR, giver, at)
    return person


class Asked(Struct, frozen=True):
    """Who asks to move a word, to when, and why."""

    name: str
    words: str
    until: datetime


class Moved(Struct, frozen=True):
    """For when a word was given at first, and how often it was moved since."""

    first_due: datetime
    times: int


def asked(promise: Told) -> Asked | None:
    return msgspec.json.decode(promise.renewal, type=Asked) if promise.renewal else None


def words(promise: Told, kind: str, at: datetime) -> str | None:
    """What was said when it was asked, agreed or refused then that it moves."""
    if f'"{kind}"' not in (promise.events or ""):
        return None
    found = (row for row in rows_of(promise.events) if row.kind == kind and row.at == at)
    return next((row.data.get("words") for row in found), None)


def moved(promise: Told) -> Moved | None:
    """None where it stands as it was given, as most words do: their events are not even read."""
    if '"renewed"' not in (promise.events or ""):
        return None
    times = sum(event.kind == "renewed" for event in events_of(promise.events))
    target = targets.read(msgspec.json.decode(promise.target))
    return Moved(instants.moment(target.at), times) if times and isinstance(target, Moment) else None
