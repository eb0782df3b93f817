"""What becomes of a letter: claimed by one worker, then sent, deferred, bounced or left. By the desk, as nobody."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from desk import db
from desk.outbox.rules.delivery import LEASE, State, Verdict, later
from desk.queue import wake

_CLAIM = "select id, person, tries from claim_sendings($1, $2, $3)"
_BECAME = "select sending_became($1, $2, $3, $4, $5)"
_BOUNCE = "select bounce_sending($1, $2, $3, $4, $5, $6, $7)"
_DROP = "select drop_held($1, $2)"


class Claimed(Struct, frozen=True):
    id: int
    person: int
    tries: int


async def claim(*, at: datetime, at_most: int) -> list[Claimed]:
    """Due again after a while: whoever is killed before it is settled leaves it to the next, who sends it again."""
    return [Claimed(*row) for row in await db.fetch(_CLAIM, at, at + LEASE, at_most)]


async def settle(claimed: Claimed, verdict: Verdict, *, at: datetime) -> None:
    if verdict.state is State.BOUNCED:
        await _bounce(verdict.refuses, verdict.fault or "", at, sending=claimed.id)
        return
    when = later(at, claimed.tries) if verdict.state is State.DEFERRED else None
    await db.call(_BECAME, claimed.id, verdict.state.value, when, verdict.fault, at)


async def came_back(report: Mapping[str, Any], *, at: datetime) -> None:
    """What a report says of a letter: its row, or its entry and person. Delayed is not failed, and a machine's answer
    to the address of reports is no report. Once for each letter.
    """
    if report["permanent"]:
        known = {name: report.get(name) for name in ("sending", "entry", "person")}
        await _bounce(True, "report", at, **known)


async def _bounce(
    refuses: bool,
    fault: str,
    at: datetime,
    *,
    sending: int | None = None,
    entry: int | None = None,
    person: int | None = None,
) -> None:
    """`refuses`: the address itself; then no more goes there."""
    await db.call(_BOUNCE, sending, entry, person, refuses, fault[:64], secrets.token_urlsafe(16), at)
    db.after_commit("wake", wake)


async def drop_held(person: int, *, at: datetime) -> None:
    await db.call(_DROP, person, at)
