"""The tables that are filled, and how rows get into them: COPY, in portions."""

import random
from collections import Counter
from datetime import datetime
from typing import Any

import asyncpg

from desk.search import rules as search

_PORTION = 4000  # rows
_LABEL = "tier owner_department reason sentence opens_on opens_to sealed day audience"
COLUMNS = {
    "departments": "id code name_zh name_en",
    "people": "id login name email department title guest language left_at",
    "memberships": "id person department level",
    "headships": "id department person since",
    "superiors": "id person superior since",
    "roles": "id person role",
    "calendars": "id department version definition cutoff official_until zone_data made_at",
    "services": "id code position department icon name_zh name_en scope_zh scope_en excludes_zh excludes_en bring_zh"
    " bring_en keywords tier tier_reason reply resolution catch_all retired",
    "fields": "id service position name kind label_zh label_en hint_zh hint_en choices required",
    "routing_rules": "id position service department least retired",
    "tickets": "id number service department accountable requester requesting_department handler state channel"
    f" filed_at resolved_at lapses_at ended_at reopened title body fields {_LABEL}",
    "updates": f"id token ticket author at kind for_requester body {_LABEL}",
    "attachments": f"id token ticket of_update author at name kind size digest object {_LABEL}",
    "promises": "id token ticket of_update kind department person promisee what target calendar started_at due_at"
    " breaks_at thresholds level next_threshold_at at_risk size used runs_on state settled_at audience",
    "promise_events": "id promise ticket item at kind by reason data audience",
    "hops": "id ticket holder department since until by reason audience",
    "watches": "id ticket person audience",
    "grants": "id person item since until by why",
    "submissions": "id person key at answer",
    "entries": "id tag at by ticket subject data audience",
    "errands": "entry state tries next_at",
    "notices": "id person entry ticket subject tag at read_at audience",
    "staged_words": "portion ticket at audience sealed words",
}
# COPY knows no terms: they come as text, and go into the index together, which is made anew at the end.
_STAGE = """
create unlogged table staged_words
  (portion text, ticket bigint, at timestamptz, audience text[], sealed boolean, words text)
"""
_INDEX = """
create temp table remade on commit drop as
  select indexdef from pg_indexes where tablename = 'search_entries' and indexdef like '% USING gin %';
do $$
declare made text;
begin
  for made in select substring(indexdef from 'INDEX (\\w+)') from remade loop execute 'drop index ' || made; end loop;
  insert into search_entries (portion, ticket, at, terms)
  select portion, ticket, at, words::tsvector || array_to_tsvector(search_locks(audience, portion, sealed)
         || ('@' || to_char(at at time zone 'UTC', 'YYYY-MM'))) from staged_words order by at;
  for made in select indexdef from remade loop execute made; end loop;
end $$;
drop table staged_words;
"""


class Books:
    """Counts its own row ids; needs a superuser, because row security and triggers would ask about every row."""

    def __init__(self, connection: asyncpg.Connection, dice: random.Random) -> None:
        self.connection, self.dice = connection, dice
        self.rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COLUMNS}
        self.last: Counter[str] = Counter()

    def token(self) -> str:
        return f"{self.dice.getrandbits(96):024x}"

    def next_id(self, table: str) -> int:
        self.last[table] += 1
        return self.last[table]

    def add(self, table: str, *values: Any) -> int:
        """A row without its id, which is returned."""
        self.last[table] += 1
        self.rows[table].append((self.last[table], *values))
        return self.last[table]

    def index(
        self, portion: str, ticket: int, at: datetime, audience: list[str], sealed: object, texts: list[str]
    ) -> None:
        self.rows["staged_words"].append((portion, ticket, at, audience, sealed, search.index(texts)))

    def put(self, table: str, *values: Any) -> None:
        """A row that brings its id."""
        self.rows[table].append(values)

    async def open(self) -> None:
        await self.connection.execute(_STAGE)

    async def copy(self, *, all: bool = False) -> None:
        for table, rows in self.rows.items():
            if rows and (all or len(rows) >= _PORTION):
                await self.connection.copy_records_to_table(table, records=rows, columns=COLUMNS[table].split())
                self.rows[table] = []

    async def close(self) -> None:
        """The rest of the rows, and sequences that go on behind them."""
        await self.copy(all=True)
        async with self.connection.transaction():
            await self.connection.execute("set local maintenance_work_mem = '512MB'")
            await self.connection.execute(_INDEX)
        for table, last in self.last.items():
            await self.connection.execute("select setval(pg_get_serial_sequence($1, 'id'), $2)", table, last)
