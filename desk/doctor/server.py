"""The database server as the login sees it, before anybody reads as somebody."""

from dataclasses import dataclass, field

import asyncpg

from desk import clock, db
from desk.i18n import Sentence
from desk.migrations.run import pending

ROLES = ("desk_owner", "desk_app", "desk_search", "desk_locksmith")
APART = 5.0  # seconds by which two clocks may differ

_SERVER = """
select current_setting('server_version_num')::integer / 10000 as version, current_setting('server_version') as called,
       pg_encoding_to_char(encoding) = 'UTF8' and datlocprovider = 'b' and datlocale = 'C.UTF-8' as locale
  from pg_database where datname = current_database()
"""
_TRIGRAMS = "select case when to_regproc('show_trgm') is not null then cardinality(show_trgm('发票')) > 0 end"
_ROLES = """
select name, rolname is not null as stands, coalesce(rolsuper or rolbypassrls, false) as strong,
       case when rolname is not null then pg_has_role(current_user, rolname, 'SET') end as ours
  from unnest($1::text[]) name left join pg_roles on rolname = name order by name
"""
_OPEN_TABLES = """
select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'audience'
 where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
   and not (c.relrowsecurity and c.relforcerowsecurity) order by 1
"""


@dataclass
class Standing:
    faults: list[Sentence] = field(default_factory=list)
    complete: bool = False  # roles and tables stand, so that one may ask as a reader

    def add(self, key: str, /, **values: object) -> None:
        self.faults.append(Sentence(f"doctor.{key}", **values))


async def faults(url: str) -> Standing:
    found = Standing()
    try:
        connection = await asyncpg.connect(url, timeout=10)
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as fault:
        found.add("no_database", why=type(fault).__name__)
        return found
    try:
        await _server(connection, found)
        await _clocks(connection, found)
        roles = await _roles(connection, found)
        for row in await connection.fetch(_OPEN_TABLES):
            found.add("open_table", table=row[0])
    finally:
        await connection.close()
    found.complete = roles and await _migrated(url, found)
    return found


async def _server(connection: asyncpg.Connection, found: Standing) -> None:
    row = await connection.fetchrow(_SERVER)
    if row["version"] < 18:
        found.add("old_postgres", version=row["called"])
    if not row["locale"] or await connection.fetchval(_TRIGRAMS) is False:
        found.add("locale")


async def _clocks(connection: asyncpg.Connection, found: Standing) -> None:
    """The only place that asks the database what time it is."""
    theirs, ours = await connection.fetchval("select clock_timestamp()"), clock.now()
    if abs((theirs - ours).total_seconds()) > APART:
        found.add("clocks", n=round(abs((theirs - ours).total_seconds())))


async def _roles(connection: asyncpg.Connection, found: Standing) -> bool:
    """False when somebody is missing."""
    rows = await connection.fetch(_ROLES, list(ROLES))
    for row in rows:
        if not row["stands"]:
            found.add("no_role", role=row["name"])
        elif not row["ours"]:
            found.add("foreign_role", role=row["name"])
        if row["strong"]:
            found.add("strong_role", role=row["name"])
    return all(row["stands"] and row["ours"] for row in rows)


async def _migrated(url: str, found: Standing) -> bool:
    try:
        names = await pending(url)
    except (db.Unavailable, asyncpg.PostgresError) as fault:
        found.add("no_history", why=type(fault).__name__)
        return False
    if names:
        found.add("pending", n=len(names))
    return not names
