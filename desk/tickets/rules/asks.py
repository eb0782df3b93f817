"""What is asked within a request: a signature, or another department's help. Whoever did the work never judges it."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from desk.disclosure.rules import Tier
from desk.i18n import Forbidden, Refused
from desk.sla.rules.kinds import Kind
from desk.tickets.rules import states
from desk.tickets.rules.states import Actor, State

ON_THE_SPOT = timedelta(minutes=15)  # signed within this time of the ask
CHAIN = "chain"  # in place of a step: those that the service names


class Candidate(Struct, frozen=True):
    """Somebody of the line; away, they have a deputy or nobody."""

    person: int
    away: bool = False
    deputy: int | None = None


def approver(line: Iterable[Candidate], never: Collection[int]) -> int | None:
    """The first of a line of superiors who is here and neither asked for it nor worked on it, or their deputy."""
    for one in line:
        signs = one.deputy if one.away else one.person
        if one.person not in never and signs is not None and signs not in never:
            return signs
    return None


def check_may_ask(actor: Actor, *, department: int, state: State, tier: Tier) -> None:
    """By a handler of the department that holds it. Core words open to nobody by rank, so nobody could be asked."""
    states.check_handles(actor, department)
    states.check_running(state)
    if tier == Tier.CORE:
        raise Refused("tickets.core_not_asked")


def check_asked_department(asked: int, *, holding: int) -> None:
    if asked == holding:
        raise Refused("tickets.asks_itself", field="to")


def check_may_sign(signers: Collection[int], me: int, *, never: Collection[int]) -> None:
    """`signers`: who is asked, and who stands in for them now; `never`: who asked for it, asks now, or worked on it."""
    if me not in signers:
        raise Forbidden("tickets.only_approver")
    if me in never:
        raise Forbidden("tickets.worker_signs")


def check_may_answer(actor: Actor, *, asked: int, requester: int) -> None:
    if not actor.handles(asked):
        raise Forbidden("tickets.only_asked_department")
    if actor.person == requester:
        raise Forbidden("tickets.own_request")


def check_kind(kind: Kind, wanted: Kind) -> None:
    if kind is not wanted:
        raise Refused("tickets.other_ask")


def on_the_spot(asked_at: datetime, signed_at: datetime) -> bool:
    return signed_at - asked_at <= ON_THE_SPOT
