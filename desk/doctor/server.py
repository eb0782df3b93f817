"""The database server as the login sees it, before anybody reads as somebody."""

from dataclasses import dataclass, field

import asyncpg

from desk import clock, db
from desk.doctor.seeing import seen
from desk.i18n import Sentence
from desk.migrations.run import GUARDS, pending

ROLES = ("desk_owner", "desk_app", "desk_search", "desk_locksmith")
APART = 5.0  # seconds by which two clocks may differ

_VERSION = "select current_setting('server_version_num')::integer / 10000, current_setting('server_version')"
_LOCALE = """
select pg_encoding_to_char(encoding) = 'UTF8' as utf8, datlocprovider = 'b' and datlocale = 'C.UTF-8' as builtin
  from pg_database where datname = current_database()
"""
_HAS_TRIGRAMS = "select to_regproc('show_trgm') is not null"
_TRIGRAMS = "select cardinality(show_trgm('发票')) > 0"
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
    reachable: bool = False  # the server answers and its roles stand, so that one may ask as one of them


async def faults(url: str) -> Standing:
    found = Standing()
    try:
        connection = await asyncpg.connect(url, timeout=10)
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as fault:
        found.faults.append(Sentence("doctor.no_database", why=type(fault).__name__))
        return found
    try:
        for what, check in (("version", _version), ("locale", _locale), ("clocks", _clocks), ("tables", _tables)):
            found.faults += await seen(what, check(connection))
        found.faults += await seen("roles", _roles(connection, found))
    finally:
        await connection.close()
    return found


async def migrations(url: str) -> list[Sentence]:
    try:
        steps = await pending(url)
    except (db.Unavailable, asyncpg.PostgresError) as fault:
        return [Sentence("doctor.no_history", why=type(fault).__name__)]
    if steps == [GUARDS]:
        return [Sentence("doctor.old_guards")]
    return [Sentence("doctor.pending", n=len(steps) - 1)] if steps else []


async def _version(connection: asyncpg.Connection) -> list[Sentence]:
    version, called = await connection.fetchrow(_VERSION)
    return [Sentence("doctor.old_postgres", version=called)] if version < 18 else []


async def _locale(connection: asyncpg.Connection) -> list[Sentence]:
    """The builtin one, or any in which Chinese words are found; without pg_trgm nothing vouches for another."""
    utf8, builtin = await connection.fetchrow(_LOCALE)
    finds = builtin or (await connection.fetchval(_HAS_TRIGRAMS) and await connection.fetchval(_TRIGRAMS))
    return [] if utf8 and finds else [Sentence("doctor.locale")]


async def _clocks(connection: asyncpg.Connection) -> list[Sentence]:
    """The only place that asks the database what time it is."""
    theirs, ours = await connection.fetchval("select clock_timestamp()"), clock.now()
    apart = abs((theirs - ours).total_seconds())
    return [Sentence("doctor.clocks", n=round(apart))] if apart > APART else []


async def _tables(connection: asyncpg.Connection) -> list[Sentence]:
    return [Sentence("doctor.open_table", table=row[0]) for row in await connection.fetch(_OPEN_TABLES)]


async def _roles(connection: asyncpg.Connection, standing: Standing) -> list[Sentence]:
    found = []
    rows = await connection.fetch(_ROLES, list(ROLES))
    for row in rows:
        if not row["stands"]:
            found.append(Sentence("doctor.no_role", role=row["name"]))
        elif not row["ours"]:
            found.append(Sentence("doctor.foreign_role", role=row["name"]))
        if row["strong"]:
            found.append(Sentence("doctor.strong_role", role=row["name"]))
    standing.reachable = all(row["stands"] and row["ours"] for row in rows)
    return found
