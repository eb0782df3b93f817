"""A ledger of open promises and nothing else: some thousand stories of twenty departments, told again and again in SQL.

The firm is that of bench/load; stories are computed with the product's own clock, so that every due is right.
"""

import asyncio
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import msgspec

from bench.load import bring_up_to_date, firm
from bench.load.books import Books
from bench.load.firm import Firm
from desk.embedded.postgres import Postgres
from desk.sla.queries.clocks import Clock
from desk.sla.rules import instants, targets, utc_days
from desk.sla.rules.clock import State, state_of
from desk.sla.rules.events import Event
from desk.sla.rules.pauses import REQUESTER
from desk.sla.rules.targets import Budget, SameDay, Target

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)  # Friday, 15:00 in Shanghai
_SEED = 20261124
_STORIES = 4000
_OF_A_TICKET = 4  # promises
_DAY = 86_400
_TARGETS: tuple[Target, ...] = (
    SameDay(), SameDay(extra_days=2), Budget(8 * 3600), Budget(24 * 3600), Budget(40 * 3600),
)  # fmt: skip
_STORY = {
    "n": "integer primary key", "department": "integer", "calendar": "integer", "handler": "integer",
    "promisee": "integer", "target": "jsonb", "started_at": "timestamptz", "due_at": "timestamptz",
    "breaks_at": "timestamptz", "thresholds": "timestamptz[]", "level": "smallint", "next_threshold_at": "timestamptz",
    "state": "text", "size": "integer", "used": "integer", "runs_on": "timestamptz", "events": "jsonb",
}  # fmt: skip
# Ticket n is of department (n - 1) % 20 + 1, as story n is.
_TICKETS = """
insert into tickets (id, number, service, department, accountable, requester, requesting_department, state, channel,
                     filed_at, reopened, title, body, fields, tier, owner_department, opens_to, sealed, day, audience)
select n, n, s.id, s.department, s.department, 1, 7, 'open', 'web', $2::timestamptz, 0, 'x', 'x', '{}', 1, s.department,
       1, false, ($2::timestamptz)::date, '{staff}'
  from generate_series(1, $1) n join (select department, min(id) as id from services group by department) s
    on s.department = (n - 1) % 20 + 1
"""
_PROMISES = """
insert into promises (id, token, ticket, kind, department, person, promisee, target, calendar, started_at, due_at,
                      breaks_at, thresholds, level, next_threshold_at, at_risk, state, audience, size, used, runs_on)
select i, replace(gen_random_uuid()::text, '-', '')::varchar(24), (i - 1) % 20 + 1 + 20 * ((i - 1) / 20 % $2),
       'resolution', s.department, s.handler, s.promisee, s.target, s.calendar, s.started_at, s.due_at, s.breaks_at,
       s.thresholds, s.level, s.next_threshold_at, s.level >= 2, s.state, '{staff}', s.size, s.used, s.runs_on
  from generate_series(1, $1) i join stories s on s.n = (i - 1) % $3 + 1
"""
_EVENTS = """
insert into promise_events (promise, ticket, item, at, kind, by, reason, data, audience)
select p.id, p.ticket, 'ticket:' || p.ticket, (e ->> 'at')::timestamptz, e ->> 'kind', p.person, e ->> 'reason', '{}',
       p.audience
  from promises p join stories s on s.n = (p.id - 1) % $1 + 1 cross join lateral jsonb_array_elements(s.events) e
 order by p.id
"""
_SEQUENCES = "select setval(pg_get_serial_sequence(name, 'id'), $1) from unnest(array['tickets', 'promises']) name"


@dataclass(frozen=True)
class Story:
    department: int
    target: Target
    events: list[Event]
    state: State


def name(promises: int) -> str:
    return f"ledger_{promises}"


def load(postgres: Postgres, promises: int) -> None:
    """A database of that many open promises with the tables and functions of today."""
    postgres.make_database()
    database = name(promises)
    known = "select shobj_description(oid, 'pg_database') from pg_database where datname = "
    fresh = postgres.psql(f"{known}'{database}'") != _digest()
    if fresh:
        postgres.psql(f"drop database if exists {database} with (force)")
        postgres.psql(f"create database {database} owner desk")
    bring_up_to_date(postgres.url(database))
    if fresh:
        asyncio.run(fill(postgres.url(database, user="postgres"), promises))
        postgres.psql("vacuum (freeze, analyze)", database)
        postgres.psql(f"comment on database {database} is '{_digest()}'; checkpoint")


def _digest() -> str:
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


async def fill(url: str, promises: int) -> None:
    """Into a migrated and empty database; `url` is a superuser's."""
    dice, connection = random.Random(_SEED), await asyncpg.connect(url, timeout=60)
    try:
        await connection.execute("set session_replication_role = replica; set synchronous_commit = off; set jit = off")
        books = Books(connection, dice)
        await books.open()
        founded = firm.found(books, dice, now=NOW)
        await books.close()
        for clock in founded.clocks.values():
            await _lay_out(connection, clock)
        columns = ", ".join(f"{column} {kind}" for column, kind in _STORY.items())
        await connection.execute(f"create temporary table stories ({columns})")
        rows = [_row(n, story, founded) for n, story in enumerate(_stories(founded, dice), 1)]
        await connection.copy_records_to_table("stories", records=rows, columns=list(_STORY))
        await _multiply(connection, promises)
    finally:
        await connection.close()


async def _multiply(connection: asyncpg.Connection, promises: int) -> None:
    rounds = -(-promises // _OF_A_TICKET // 20)
    await connection.execute(_TICKETS, rounds * 20, NOW)
    await connection.execute(_PROMISES, promises, rounds, _STORIES)
    await connection.execute(_EVENTS, _STORIES)
    await connection.execute(_SEQUENCES, promises)


async def _lay_out(connection: asyncpg.Connection, clock: Clock) -> None:
    today = utc_days.day_of(instants.seconds(NOW))
    days = [(clock.id, *day[:-1], list(day.more)) for day in utc_days.cut(clock.compiled, today - 40, today + 400)]
    columns = ["calendar", *utc_days.UtcDay._fields]
    await connection.copy_records_to_table("calendar_days", records=days, columns=columns)


def _stories(founded: Firm, dice: random.Random) -> Iterator[Story]:
    """Of each department in turn; only what is not late yet."""
    for n in range(_STORIES):
        department = n % 20 + 1
        while True:
            story = _story(founded.clocks[department], department, dice)
            if story.state.breaks_at > instants.seconds(NOW):
                yield story
                break


def _story(clock: Clock, department: int, dice: random.Random) -> Story:
    """One in five was paused and goes on, one in ten waits now."""
    now = instants.seconds(NOW)
    start = now - dice.randrange(60, 8 * _DAY)
    events, lot = [Event(start, "opened")], dice.random()
    target = clock.with_cutoff(dice.choice(_TARGETS))
    if lot < 0.3:
        events.append(Event(dice.randrange(start, now), "paused", REQUESTER))
    if lot < 0.2:
        events.append(Event(dice.randrange(events[-1].at, now), "resumed", REQUESTER))
    return Story(department, target, events, state_of(events, target, clock.compiled, now))


def _row(n: int, story: Story, founded: Firm) -> tuple[object, ...]:
    state, moment, now = story.state, instants.moment, instants.seconds(NOW)
    level = sum(at <= now for at in state.thresholds)
    wakes = state.paused_until
    handlers = founded.handlers[story.department]
    told = [{"at": instants.text(event.at), "kind": event.kind, "reason": event.reason} for event in story.events]
    return (
        n, story.department, founded.clocks[story.department].id, handlers[n // 20 % len(handlers)], 1 + n % 2000,
        _json(targets.document(story.target)), moment(story.events[0].at), moment(state.due_at),
        moment(state.breaks_at), [moment(at) for at in state.thresholds], level,
        moment(wakes) if wakes else moment(state.thresholds[level]), "paused" if wakes else "open", state.target,
        state.elapsed, moment(wakes) if wakes else NOW, _json(told),
    )  # fmt: skip


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
