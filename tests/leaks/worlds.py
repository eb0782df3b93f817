"""Worlds as databases of one server: a morning that all share, cloned, then told on with other hidden matter in each."""

import json
import os
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import pytest

from desk import db, queue, settings
from desk.accounts import actions as accounts
from tests.cluster import Cluster
from tests.conftest import Clock
from tests.elsewhere import elsewhere
from tests.firm import Firm, local
from tests.leaks.cast import READERS, cast
from tests.leaks.hiding import KINDS, PORTIONS, WORLDS, Told, World, known_tokens
from tests.leaks.moved import worker_runs
from tests.leaks.story import Story

CLEARED = (
    "wu",
    "han",
)  # they may read what is hidden, and go first: whatever is kept for later has been warmed by them
MANY = 55  # more than a page of the lists
# What a query would see that nobody looks after: for seeded leaks, the desk itself knows nothing of it.
TABLES = ("tickets", "updates", "attachments", "promises", "entries", "escalations", "notices", "relations")
LEAKING = "create schema leaking; grant usage on schema leaking to desk_app;" + "".join(
    f"create function leaking.{table}() returns setof public.{table} language sql stable security definer as"
    f" $$ table public.{table} $$;"
    for table in TABLES
)
# A letter's token follows from what it is about: those of what is hidden move no others.
SAME_LETTERS = """
update sendings s set token = left(md5(concat_ws(':', k.key, k.n)), 24)
  from (select x.id, x.key, row_number() over (partition by x.key order by x.id) as n
          from (select s.id, concat_ws(':', s.person, s.tag, t.number, u.token) as key from sendings s
                  left join tickets t on t.id = s.ticket left join updates u on s.subject = 'update:' || u.id) x) k
 where k.id = s.id
"""
# to people who read what is hidden, about what is hidden
OTHERS_LETTERS = """
select t.number, s.token from sendings s join tickets t on t.id = s.ticket left join updates u on s.subject = 'update:' || u.id
 where s.person in (select id from people where login in ('wu', 'deng', 'han')) and coalesce(u.tier, t.tier) >= 3 and s.content is not null
 order by s.id limit 12
"""
# and from those who asked for what is hidden
CAME = """
insert into letters (token, channel, recipients, content, at, state, next_at, outcome, ticket, audience)
select md5('came:' || number), 'smtp', '{}', convert_to('Subject: ' || title, 'UTF8'), filed_at, 'done', filed_at, 'request', id, '{}'
  from tickets where tier >= 3 order by id returning (select number from tickets t where t.id = ticket), token
"""
# Numbers of chance, too, follow from the step that draws them.
CHANCE = """
create table leaking.step (name text); insert into leaking.step values ('base');
grant usage on schema leaking to desk_locksmith; grant select on leaking.step to desk_locksmith;
create or replace function chance_number() returns bigint language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  drawn integer := 0;
  chosen bigint;
begin
  loop
    chosen := 1000000000 + abs(hashtext((select name from leaking.step) || drawn)::bigint);
    exit when not exists (select from tickets t where t.number = chosen);
    drawn := drawn + 1;
  end loop;
  return chosen;
end $$;
"""
Bell = tuple[str, str]


@dataclass
class Made:
    """One world: its database as it was left, who may come in, and what left the house meanwhile."""

    world: World
    url: str
    told: Told
    sessions: dict[str, str]
    tokens: dict[str, str]
    bells: list[Bell] = field(default_factory=list)
    jobs: list[str] = field(default_factory=list)

    @property
    def database(self) -> str:
        return urlsplit(self.url).path.removeprefix("/")


class Bells:
    """What is rung, and what the executor is given, written down instead: the house next door hears nothing else."""

    def __init__(self) -> None:
        self.rung: list[Bell] = []
        self.jobs: list[str] = []

    async def publish(self, channel: str, word: str) -> None:
        self.rung.append((channel, word))

    async def enqueue(self, function: str, *values: Any, key: str) -> None:
        self.jobs.append(json.dumps([function, *values, key], default=str))


@asynccontextmanager
async def inside(url: str) -> AsyncIterator[asyncpg.Connection]:
    """The desk's own pool on another database, and a connection that may do everything there."""
    root = await asyncpg.connect(url.replace("//desk@", "//postgres@"))
    try:
        async with elsewhere(url):
            yield root
    finally:
        await root.close()


@contextmanager
def standing_clock(folder: Path) -> Iterator[Clock]:
    with pytest.MonkeyPatch.context() as patch:
        held = Clock(folder / "clock")
        patch.setenv("DESK_CLOCK", str(held.file))
        settings.current.cache_clear()
        yield held
    settings.current.cache_clear()


@contextmanager
def doorbells() -> Iterator[Bells]:
    heard = Bells()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queue, "publish", heard.publish)
        patch.setattr(queue, "enqueue", heard.enqueue)
        yield heard


class Foundry:
    """Makes worlds. `base` is the day before: everybody, older requests, and more of them than one page shows."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        self.cluster, self.folder = cluster, folder
        self.prefix = f"leaks_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
        self.firm: Firm | None = None
        self.older: list[int] = []
        self.noon = local("2026-11-20 12:00")

    async def begin(self) -> None:
        url = self.cluster.clone(f"{self.prefix}_base")
        with standing_clock(self.folder) as clock, known_tokens("base") as step, doorbells():
            clock.set(local("2026-11-19 16:30"))
            async with inside(url) as root:
                await root.execute(LEAKING + CHANCE)
                step("base")
                self.firm = await cast(clock)
                self.older = [
                    await self.firm.files(self.firm.tao, f"older: {kind}".replace("sealed", "closed"))
                    for kind in PORTIONS
                ]
                for n in range(MANY):
                    await self.firm.files(self.firm.meng, f"receipt {n}", service="expenses")
                await root.execute("update errands set state = 'done'")

    async def make(self, world: World, name: str = "", *, kinds: Sequence[str] = KINDS, sql: str = "") -> Made:
        """The world, told under whatever patches hold now, in a database that `sql` has changed before."""
        assert self.firm is not None
        url = self.copy(f"{self.prefix}_base", name or f"{self.prefix}_{world.name}")
        with standing_clock(self.folder) as clock, known_tokens(world.name) as step, doorbells() as heard:
            async with inside(url) as root:
                if sql:
                    await root.execute(sql)
                firm = Firm(clock, self.firm.departments, self.firm.people)
                told = await Story(firm, root, world, step, kinds).tell(self.older)
                await worker_runs(root)
                await root.execute(SAME_LETTERS)
                told.tokens["sending"] = [tuple(row) for row in await root.fetch(OTHERS_LETTERS)]
                told.tokens["came"] = [tuple(row) for row in await root.fetch(CAME)]
                made = Made(world, url, told, *await _entered(firm, step))
        made.bells, made.jobs = heard.rung, heard.jobs
        return made

    def copy(self, source: str, name: str) -> str:
        """Nobody may be connected to the source."""
        self.cluster.drop(name)
        self.cluster.postgres.psql(f"create database {name} template {source} owner desk strategy file_copy")
        return self.cluster.postgres.url(name)

    async def scratch(self, made: Made, sql: str) -> Made:
        """A world whose database has been spoilt."""
        name = made.database
        url = self.copy(name, f"{name}_scratch")
        root = await asyncpg.connect(url.replace("//desk@", "//postgres@"))
        try:
            await root.execute(sql)
        finally:
            await root.close()
        return Made(made.world, url, made.told, made.sessions, made.tokens, made.bells, made.jobs)


async def _entered(firm: Firm, step: Any) -> tuple[dict[str, str], dict[str, str]]:
    """(sessions by login, tokens by reader): the same in every world. 苏 leaves last."""
    sessions, tokens = {}, {}
    for login in sorted({one.login for one in READERS.values()} | set(CLEARED)):
        step(f"enters {login}")
        who = firm.people[login]
        async with db.acting_as(who):
            sessions[login] = await accounts.start_session(who.person or 0, address="10.0.0.7", browser="test")
    for one in (*READERS.values(),):
        step(f"token {one.name}")
        who = firm.people[one.login]
        async with db.acting_as(who):
            tokens[one.name] = await accounts.make_token(who.person or 0, "test", cap=one.cap)
    for login in CLEARED:
        step(f"token {login}")
        async with db.acting_as(firm.people[login]):
            tokens[login] = await accounts.make_token(firm.people[login].person or 0, "test", cap=4)
    async with db.acting_as(firm.admin):
        await accounts.leave(firm.su.person or 0)
    return sessions, tokens


class Worlds(dict[str, Made]):
    """All four by name."""

    def __init__(self, foundry: Foundry) -> None:
        super().__init__()
        self.foundry = foundry

    async def begin(self) -> None:
        await self.foundry.begin()
        for world in WORLDS:
            self[world.name] = await self.foundry.make(world)
