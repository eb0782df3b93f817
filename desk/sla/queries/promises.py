"""The ledger as the reader may see it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from desk import db
from desk.sla.rules.kinds import Kind, Standing

_OWED = """
select id, ticket, of_update, kind, department, calendar, target, due_at, breaks_at, at_risk, state, settled_at,
       audience
  from promises where ticket = $1 and kind = any($2) and (settled_at is null) <> $3 order by id for update
"""


class Owed(Struct, frozen=True, kw_only=True):
    """A promise that an action is about to change."""

    id: int
    ticket: int
    of_update: int | None
    kind: Kind
    department: int
    calendar: int
    target: str
    due_at: datetime
    breaks_at: datetime
    at_risk: bool
    state: Standing
    settled_at: datetime | None
    audience: list[str]

    @property
    def item(self) -> str:
        return f"ticket:{self.ticket}" if self.of_update is None else f"update:{self.of_update}"


async def owed(ticket: int, kinds: Sequence[Kind], *, settled: bool = False) -> list[Owed]:
    """Locked until the transaction ends, so that two actions on one promise follow each other."""
    rows = await db.fetch(_OWED, ticket, [kind.value for kind in kinds], settled)
    return [Owed(**{**row, "kind": Kind(row["kind"]), "state": Standing(row["state"])}) for row in map(dict, rows)]


class Told(Struct, frozen=True, kw_only=True):
    """A promise as a page tells it."""

    token: str
    ticket: int
    kind: Kind
    state: Standing
    department: int
    person: int | None
    promisee: int
    what: str | None
    target: str
    calendar: int
    started_at: datetime
    due_at: datetime
    at_risk: bool
    settled_at: datetime | None
    events: list[dict[str, Any]]
