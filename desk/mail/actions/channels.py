"""How each channel is, for `desk doctor` and the administrators' page. Without secrets, and without words."""

from datetime import datetime

from desk import db
from desk.mail.rules.fetching import Fault

_GOOD = """
insert into channels (name, last_good_at, uidvalidity, last_uid) values ($1, $2, $3, $4)
on conflict (name) do update set last_good_at = $2, fault = null, uidvalidity = $3, last_uid = $4
"""
_FAILED = "insert into channels (name, fault) values ($1, $2) on conflict (name) do update set fault = $2"


async def went_well(name: str, *, at: datetime, uidvalidity: int | None = None, last_uid: int | None = None) -> None:
    await db.fetch(_GOOD, name, at, uidvalidity, last_uid)


async def failed(name: str, fault: Fault) -> None:
    await db.fetch(_FAILED, name, fault.value)
