"""Two requests become one: what is owed goes along with its own due; what broke stays broken."""

from datetime import datetime

from desk import db
from desk.sla.actions.promises import record, withdraw
from desk.sla.queries.promises import Owed, owed
from desk.sla.rules.kinds import HELD, Kind
from desk.sla.rules.merging import Word, merge

_MOVE = "select move_promises($1, $2, $3)"
WENT = (*HELD, Kind.HANDOVER, Kind.EXPECTATION)


def apart(known: list[Owed]) -> tuple[list[Owed], list[Owed]]:
    """What goes along, and what is owed no more: the other resolution is owed anyway, and nobody has to take it."""
    fate = merge(Word(id=one.id, kind=one.kind, state=one.state, owed=True) for one in known)
    moves = [one for one in known if one.id in fate.move and one.kind is not Kind.HANDOVER]
    return moves, [one for one in known if one not in moves]


async def move(goes: int, stays: int, *, at: datetime) -> list[int]:
    """The request that goes is merged by now. Returns what went along."""
    moves, ends = apart(await owed(goes, WENT))
    await withdraw(ends, at=at)
    for one in moves:
        await record(one, "merged", at)
    if moves:
        await db.call(_MOVE, goes, stays, [one.id for one in moves])
    return [one.id for one in moves]
