"""Where a request stands, and who may do what with it then."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from desk.i18n import Forbidden, Refused, Sentence

HANDLER = 3  # level in a department


class State(StrEnum):
    OPEN = "open"
    WAITING = "waiting"  # for the requester
    RESOLVED = "resolved"  # waits for acceptance
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"  # into another request, which goes on


RUNNING = (State.OPEN, State.WAITING)
ENDED = (State.ACCEPTED, State.DECLINED, State.WITHDRAWN, State.MERGED)
REOPENING_DAYS = 5  # business days after the end in which the same request goes on


class Actor(Struct, frozen=True):
    person: int
    levels: Mapping[int, int]
    guest: bool = False

    def handles(self, department: int) -> bool:
        return self.levels.get(department, 0) >= HANDLER


def check_handles(actor: Actor, department: int) -> None:
    if not actor.handles(department):
        raise Forbidden("tickets.only_handlers")


def check_running(state: State) -> None:
    if state not in RUNNING:
        raise Refused("tickets.not_running", state=_said(state))


def check_take(actor: Actor, *, department: int, handler: int | None, requester: int, state: State) -> None:
    """Nobody handles what they asked for: it could never be judged."""
    check_handles(actor, department)
    check_running(state)
    if actor.person == requester:
        raise Forbidden("tickets.own_request")
    if handler == actor.person:
        raise Refused("tickets.already_yours")
    if handler is not None:
        raise Refused("tickets.already_taken")


def check_assign(actor: Actor, *, department: int, requester: int, state: State, to: int, handlers: list[int]) -> None:
    check_handles(actor, department)
    check_running(state)
    if to == requester:
        raise Refused("tickets.requester_handles", field="handler")
    if to not in handlers:
        raise Refused("tickets.not_a_handler", field="handler")


def check_hand_over(actor: Actor, *, department: int, state: State, to: int) -> None:
    check_handles(actor, department)
    check_running(state)
    if to == department:
        raise Refused("tickets.same_department", field="department")


def check_prioritise(
    actor: Actor, *, department: int, requester: int, state: State, change: tuple[str, str] | None = None
) -> None:
    """`change`: the priority as it is and as it is wanted. Nobody hurries what they asked for themselves."""
    check_handles(actor, department)
    check_running(state)
    if actor.person == requester:
        raise Forbidden("tickets.own_request")
    if change is not None and change[0] == change[1]:
        raise Refused(f"tickets.is_{change[1]}")


def check_answer(actor: Actor, *, department: int, requester: int, state: State) -> None:
    """A word of the desk: by a handler of the department that holds the request, who did not ask for it."""
    check_handles(actor, department)
    if state in ENDED:
        raise Refused("tickets.ended", state=_said(state))
    if actor.person == requester:
        raise Forbidden("tickets.own_request")


def check_end(actor: Actor, *, department: int, requester: int, state: State) -> None:
    """Resolving or declining."""
    check_answer(actor, department=department, requester=requester, state=state)
    check_running(state)


def check_judge(person: int, *, requester: int, workers: list[int], state: State) -> None:
    """Only the customer accepts or says "not yet": whoever did the work does not judge it."""
    if person != requester:
        raise Forbidden("tickets.only_requester_judges")
    if person in workers:
        raise Forbidden("tickets.worker_judges")
    if state != State.RESOLVED:
        raise Refused("tickets.not_resolved", state=_said(state))


def check_reopen(person: int, *, requester: int, state: State, until: datetime, at: datetime) -> None:
    """By the requester, while the same request can still go on."""
    if person != requester:
        raise Forbidden("tickets.only_requester_reopens")
    if state not in (State.ACCEPTED, State.DECLINED):
        raise Refused("tickets.not_ended", state=_said(state))
    if at > until:
        raise Refused("tickets.too_late_to_reopen")


def check_withdraw(person: int, *, requester: int, state: State) -> None:
    if person != requester:
        raise Forbidden("tickets.only_requester_withdraws")
    check_running(state)


def check_message(actor: Actor, *, requester: int, state: State) -> None:
    """Words beside those of the desk: of whoever asked, or of an employee who may read along."""
    if actor.guest and actor.person != requester:
        raise Forbidden("tickets.guests_own_only")
    if state in ENDED:
        raise Refused("tickets.ended", state=_said(state))


def check_log_for(actor: Actor, requester: int) -> None:
    """Somebody called or came by: a handler writes it down for them."""
    if requester != actor.person and not any(level >= HANDLER for level in actor.levels.values()):
        raise Forbidden("tickets.only_handlers_log")


def _said(state: State) -> Sentence:
    return Sentence(f"tickets.state_{state.value}")
