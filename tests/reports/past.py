"""A long past for a department, copied from one request that was answered: days on which more or fewer requests came."""

from datetime import date, timedelta

import asyncpg

_COLUMNS = """
select array_agg(column_name::text order by ordinal_position) from information_schema.columns
 where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' and column_name <> 'id'
"""
_PAST = """
insert into past select nextval('copies'), d.day, g.k <= d.failed
  from unnest($1::date[], $2::int[], $3::int[]) d (day, n, failed), generate_series(1, d.n) g (k) order by 2, 3
"""
_FILED = "(p.day + time '10:00') at time zone 'Asia/Shanghai'"
_ENDED = "(p.day + time '15:00') at time zone 'Asia/Shanghai'"


async def copy(root: asyncpg.Connection, number: int, days: dict[date, tuple[int, int]]) -> None:
    """`days`: (how many requests came, how many of them were not answered in time)."""
    every = [list(days), [n for n, _ in days.values()], [failed for _, failed in days.values()]]
    await root.execute("set session_replication_role = replica")
    await root.execute("create temp sequence if not exists copies start 60000")
    await root.execute("create temp table past (number bigint, day date, failed boolean)")
    await root.execute(_PAST, *every)
    kept = {"filed_at": _FILED, "ended_at": _ENDED, "resolved_at": _ENDED, "state": "'accepted'"}
    await _copied(root, "tickets", f"x.number = {number}", {"number": "p.number"} | kept)
    mine = f"x.ticket = (select id from tickets where number = {number})"  # noqa: S608 - a number of a test
    here = {"ticket": "(select id from tickets where number = p.number)"}
    await _copied(root, "hops", f"{mine} and x.holder = 'department'", here | {"since": _FILED, "until": _ENDED})
    owed = {
        "token": "'past' || p.number",
        "started_at": _FILED,
        "due_at": _ENDED,
        "breaks_at": _ENDED,
        "settled_at": _ENDED,
    }
    state = {"state": "case when p.failed then 'broken' else 'kept' end", "next_threshold_at": "null"}
    await _copied(root, "promises", f"{mine} and x.kind = 'first_reply'", here | owed | state)
    await root.execute("drop table past; set session_replication_role = origin")


async def _copied(root: asyncpg.Connection, table: str, which: str, changed: dict[str, str]) -> None:
    columns = await root.fetchval(_COLUMNS, table)
    taken = ", ".join(changed.get(column, f"x.{column}") for column in columns)
    told = f"insert into {table} ({', '.join(columns)}) select {taken} from {table} x, past p where {which}"  # noqa: S608
    await root.execute(told)


def weekdays(until: date, weeks: int, n: int, failed: dict[int, int]) -> dict[date, tuple[int, int]]:
    """`n` requests on each of the days from Monday to Friday; `failed`: on Wednesdays, by week (1: the last)."""
    monday = until - timedelta(days=until.weekday())
    return {
        monday - timedelta(weeks=week, days=-day): (n, failed.get(week, 0) if day == 2 else 0)
        for week in range(weeks, 0, -1)
        for day in range(5)
    }
