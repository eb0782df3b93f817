"""What a page offers to whom: the same checks that the actions make, asked beforehand."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from desk.i18n import Refused
from desk.tickets.rules import states
from desk.tickets.rules.states import Actor, State

REOPENING_SHOWN = timedelta(days=14)  # the action itself counts 5 business days


class Standing(Struct, frozen=True, kw_only=True):
    department: int
    requester: int
    handler: int | None
    state: State
    ended_at: datetime | None


def may(actor: Actor, case: Standing, *, at: datetime) -> set[str]:
    """take assign handover prioritise answer resolve decline accept reopen withdraw watch message note"""
    own: dict[str, Any] = {"requester": case.requester, "state": case.state}
    asks: dict[str, Callable[[], None]] = {
        "take": lambda: states.check_take(actor, handler=case.handler, department=case.department, **own),
        "assign": lambda: states.check_assign(actor, to=0, handlers=[0], department=case.department, **own),
        "handover": lambda: states.check_hand_over(actor, to=-1, department=case.department, state=case.state),
        "prioritise": lambda: states.check_prioritise(actor, department=case.department, **own),
        "answer": lambda: states.check_answer(actor, department=case.department, **own),
        "resolve": lambda: states.check_end(actor, department=case.department, **own),
        "decline": lambda: states.check_end(actor, department=case.department, **own),
        "accept": lambda: states.check_judge(actor.person, workers=_workers(case), **own),
        "withdraw": lambda: states.check_withdraw(actor.person, **own),
        "message": lambda: states.check_message(actor, **own),
    }
    allowed = {name for name, ask in asks.items() if _passes(ask)} | {"watch"}
    if actor.person == case.requester and case.state in (State.ACCEPTED, State.DECLINED) and _recent(case, at):
        allowed.add("reopen")
    if "message" in allowed and actor.person != case.requester:
        allowed.add("note")
    return allowed


def kinds(allowed: set[str], *, corrects: bool = False) -> list[str]:
    """What the composer offers, the usual first; `corrects`: there are own words to call wrong."""
    if "answer" in allowed:
        offered = ["reply", "note", *(["question", "ask"] if "resolve" in allowed else []), "cannot_tell"]
    else:
        offered = [kind for kind in ("message", "note") if kind in allowed]
    return [*offered, "wrong"] if offered and corrects else offered


def _workers(case: Standing) -> list[int]:
    return [case.handler] if case.handler else []


def _recent(case: Standing, at: datetime) -> bool:
    return case.ended_at is not None and at - case.ended_at <= REOPENING_SHOWN


def _passes(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except Refused:
        return False
    return True
