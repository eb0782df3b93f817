"""What became of requests like this one: a line beside its promise, for whoever may read that."""

from collections.abc import Iterable, Mapping
from typing import Any

from desk.sla.queries.forecasts import held
from desk.sla.queries.promises import Told
from desk.sla.rules.kinds import Kind, Standing
from desk.sla.rules.prediction import cells, words
from desk.tickets.queries.portions import HopRow, Portions
from desk.tickets.routes.telling import Teller


async def foreseen(row: Mapping[str, Any], found: Portions, by: Teller) -> str:
    """Nothing once the word on the resolution is settled or broken: then there is nothing to foresee."""
    promise = _owed(found.promises, by)
    made = await held.read(by.times.now) if promise else None
    if promise is None or made is None:
        return ""
    stage, department = min(promise.level, cells.STAGES - 1), promise.department
    like = made.like(service=row["service"], stage=stage, department=department, hops=_handovers(found.hops))
    return words.beside(like, by.language) if like else ""


def _owed(promises: Iterable[Told], by: Teller) -> Told | None:
    """`level` is what the sweep has noticed of 50, 75 and 100 %, so it names the stage."""
    owed = (one for one in promises if one.kind is Kind.RESOLUTION and one.state in (Standing.OPEN, Standing.PAUSED))
    return next((one for one in owed if one.settled_at is None and by.times.now < one.breaks_at), None)


def _handovers(hops: Iterable[HopRow]) -> int:
    return cells.hops(hop["department"] for hop in hops if hop["department"] is not None)
