"""What happens to each request, decided before the first row is written: when, where, how it goes on and ends."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from bench.load.firm import MEASURED
from desk.sla.rules.compiled import Compiled
from desk.tickets.rules.states import State

SPAN = 730  # days
OPEN_AT_LEAST = 64  # in the measured department, at any size
LONG = 24  # of them with so many updates as the measured page has
LONG_UPDATES = 20
OF_LIN = 12  # of them asked by the requester whose pages are measured
_DAY = 86400
_STATES = {State.OPEN: 24, State.WAITING: 6, State.RESOLVED: 6, State.DECLINED: 50, State.WITHDRAWN: 40,
           State.ACCEPTED: 874}  # per mille  # fmt: skip
_MEAN_UPDATES = 5
_MOST_UPDATES = 40
_GAP = 7000  # business seconds between two updates, on average
_NEXT = {  # after a word of that kind comes one of these, so often
    "filed": {"reply": 72, "question": 10, "note": 18},
    "reply": {"message": 55, "reply": 15, "note": 30},
    "question": {"message": 85, "note": 15},
    "message": {"reply": 68, "question": 8, "note": 24},
    "note": {"reply": 60, "message": 25, "note": 15},
}
_ENDS = {State.ACCEPTED: "outcome", State.RESOLVED: "outcome", State.DECLINED: "decline"}
RUNNING = (State.OPEN, State.WAITING)


@dataclass(frozen=True, slots=True)
class Plan:
    """Instants are seconds since 1970."""

    filed_at: int
    state: State
    department: int
    updates: int
    of_lin: bool = False


def plans(size: int, dice: random.Random, now: int, departments: int) -> list[Plan]:
    """In the order of filing. The measured department gets its open requests first, the rest is drawn."""
    certain = [
        Plan(_recent(dice, now), State.OPEN, MEASURED, LONG_UPDATES if n < LONG else _count(dice), n % 5 == 0)
        for n in range(min(size, OPEN_AT_LEAST))
    ]
    of = list(range(1, departments + 1))
    weights = [12 if one == MEASURED else 4 + one % 5 for one in of]
    drawn = [
        _drawn(dice, now, department, state)
        for department, state in zip(
            dice.choices(of, weights, k=size - len(certain)),
            dice.choices(list(_STATES), list(_STATES.values()), k=size - len(certain)),
            strict=True,
        )
    ]
    return sorted(certain + drawn, key=lambda plan: plan.filed_at)


def _drawn(dice: random.Random, now: int, department: int, state: State) -> Plan:
    updates = _count(dice)
    match state:
        case State.OPEN | State.WAITING:
            updates = 0 if state == State.OPEN and dice.random() < 0.3 else updates
            return Plan(_recent(dice, now), state, department, updates)
        case State.RESOLVED:
            return Plan(now - int(dice.uniform(0.2, 3.5) * _DAY), state, department, updates)
    latest = now - int((14 + updates) * _DAY)  # so that everything has happened by now
    return Plan(dice.randrange(now - SPAN * _DAY, latest), state, department, updates)


def _recent(dice: random.Random, now: int) -> int:
    return now - 1200 - int(min(dice.expovariate(1 / 6), 40) * _DAY)


def _count(dice: random.Random) -> int:
    return 1 + min(_MOST_UPDATES - 1, round(dice.expovariate(1 / (_MEAN_UPDATES - 1))))


def filed_at(plan: Plan, dice: random.Random, calendar: Compiled) -> int:
    """Most requests are filed in the daytime."""
    if plan.state in (*RUNNING, State.RESOLVED) or dice.random() < 0.1:
        return plan.filed_at
    return calendar.add(calendar.next_open(plan.filed_at), dice.randrange(1, 6 * 3600))


def steps(plan: Plan, filed: int, dice: random.Random, calendar: Compiled, now: int) -> list[tuple[int, str]]:
    """(instant, kind of words) in order."""
    kinds = _kinds(plan, dice)
    if plan.state in (*RUNNING, State.RESOLVED):
        return list(zip(sorted(dice.randrange(filed + 60, now - 60) for _ in kinds), kinds, strict=True))
    at, found = filed, []
    for kind in kinds:
        at = min(calendar.add(at, 60 + int(dice.expovariate(1 / _GAP))), now - 60)
        found.append((at, kind))
    return found


def _kinds(plan: Plan, dice: random.Random) -> list[str]:
    end = _ENDS.get(plan.state)
    kinds: list[str] = []
    last, asked = "filed", False
    for _ in range(plan.updates - (end is not None)):
        last = _pick(_NEXT[last], dice)
        asked = last == "question" or (asked and last != "message")
        kinds.append(last)
    if plan.state == State.WAITING:
        kinds[-1] = "question"
    elif plan.state == State.OPEN and asked:
        kinds[-1] = "message"
    return [*kinds, end] if end else kinds


def _pick(among: Mapping[str, int], dice: random.Random) -> str:
    return dice.choices(list(among), list(among.values()))[0]
