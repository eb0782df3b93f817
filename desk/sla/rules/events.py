"""What happened to a promise, as its ledger keeps it."""

from msgspec import Struct

from desk.sla.rules.kinds import Kind
from desk.sla.rules.policies import Named, Standard
from desk.sla.rules.targets import Target


class Event(Struct, frozen=True, gc=False):
    """opened, paused and resumed (with a reason), retargeted and renewed (with a target), stopped = kept = withdrawn,
    reopened, recalculated (with another version of the calendar; `floor`: the due that was given and is not shortened).
    `rule`: the line of the policies that gave the target; `passed`: one that would have, but for the critical share.

    Other kinds do not move the clock.
    """

    at: int
    kind: str
    reason: str | None = None
    target: Target | None = None
    floor: int | None = None
    version: int | None = None
    rule: Named | None = None
    passed: Named | None = None


AIMS = frozenset({"retargeted", "renewed"})
STOPS = frozenset({"stopped", "kept", "withdrawn"})


def opened(at: int, under: Standard, kind: Kind) -> Event:
    return Event(at, "opened", rule=under.giver(kind), passed=under.passed)
