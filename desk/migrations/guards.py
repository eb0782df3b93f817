"""The guards: functions, policies and rights as they are today, without a history: swept away, then made anew.

Made again whenever the files differ from those that the database was guarded with last; that digest is the comment on
the table of migrations, which only its owner may change.
"""

import hashlib
from pathlib import Path

from desk import db

SQL = Path(__file__).parent / "sql"
SWEPT = "sweep.sql"
MADE = (
    "reader.sql", "rights.sql", "locks.sql", "relations.sql", "policies.sql", "markers.sql", "search.sql",
    "journal.sql", "labels.sql", "opening.sql", "standards.sql", "worker.sql", "shares.sql", "forecast.sql",
    "openness.sql", "failures.sql", "reports.sql", "rolled.sql", "flows.sql", "beside.sql", "trends.sql",
    "published.sql", "reads.sql", "grants.sql", "mail.sql", "letters.sql", "webhooks.sql", "operator.sql", "outbox.sql",
    "shut.sql",
)  # fmt: skip
_KNOWN = "select obj_description(to_regclass('public.migration'), 'pg_class')"


def digest() -> str:
    return "guards " + hashlib.sha256("\0".join(map(_text, (SWEPT, *MADE))).encode()).hexdigest()


async def are_current() -> bool:
    known: str | None = await db.call(_KNOWN)
    return known == digest()


async def sweep() -> None:
    """Before each migration too, so that no policy or function holds on to a column that a migration changes."""
    await db.fetch_script(_text(SWEPT))


async def renew() -> None:
    await sweep()
    for name in MADE:
        await db.fetch_script(_text(name))
    await db.fetch_script(f"comment on table migration is '{digest()}'")


def _text(name: str) -> str:
    return (SQL / name).read_text(encoding="utf-8")
