"""The queue of calls: claimed by one worker at a time, tried later and later, dead after the last try."""

from datetime import datetime

from msgspec import Struct

from desk import db
from desk.webhooks.rules.kinds import Kind, Target
from desk.webhooks.rules.tries import LEASE, TRIES, pause_after

AT_ONCE = 3  # of one webhook in one go: chats take about twenty a minute, and a job has 20 seconds
_CLAIM = """
update webhook_calls c set next_at = $2 from webhooks w
 where w.id = c.webhook and c.id in (
   select q.id from webhooks l cross join lateral (
     select k.id from webhook_calls k where k.webhook = l.id and k.state = 'waiting' and k.next_at <= $1
      order by k.next_at, k.id limit $3 for update skip locked) q
    where l.ended_at is null)
returning c.id, c.entry, c.webhook, c.tries, c.body, w.kind
"""
_TARGET = "select address, secret from webhook_target($1)"
_SETTLED = """
update webhook_calls set state = $2, done_at = $3, body = null, fault = $4, tries = tries + 1
 where id = $1 and state = 'waiting'
"""
_AGAIN = "update webhook_calls set tries = tries + 1, next_at = $2, fault = $3 where id = $1 and state = 'waiting'"
_LATER = "update webhook_calls set next_at = $2 where id = $1 and state = 'waiting'"
_DROP_ENDED = """
update webhook_calls set state = 'dropped', done_at = $1, body = null where state = 'waiting'
   and webhook in (select id from webhooks where ended_at is not null)
"""


class Call(Struct, frozen=True):
    id: int
    entry: int
    webhook: int
    tries: int
    body: str
    kind: Kind


async def claim(*, at: datetime) -> list[Call]:
    """What is due, of each webhook in the order in which it happened; due again later unless it is settled by then."""
    await db.call(_DROP_ENDED, at)
    rows = await db.fetch(_CLAIM, at, at + LEASE, AT_ONCE)
    found = [Call(**dict(row) | {"kind": Kind(row["kind"])}) for row in rows]
    return sorted(found, key=lambda call: (call.webhook, call.entry))


async def target(webhook: int) -> Target | None:
    """None when it has ended meanwhile."""
    row = await db.fetch_one(_TARGET, webhook)
    return row and Target(row["address"], row["secret"])


async def sent(call: int, *, at: datetime) -> None:
    await db.call(_SETTLED, call, "sent", at, None)


async def dropped(call: int, *, at: datetime) -> None:
    await db.call(_SETTLED, call, "dropped", at, None)


async def failed(call: Call, fault: str, *, at: datetime) -> None:
    if call.tries + 1 >= TRIES:
        await db.call(_SETTLED, call.id, "dead", at, fault)
    else:
        await db.call(_AGAIN, call.id, at + pause_after(call.tries + 1), fault)


async def later(call: Call, *, at: datetime) -> None:
    """Behind one that failed: not tried, so not counted."""
    await db.call(_LATER, call.id, at + pause_after(1))
