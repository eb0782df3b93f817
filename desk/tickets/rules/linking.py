"""How requests stand to each other: links, children, what one goes on from, what one was split off or merged into."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from desk.disclosure.rules import Tier
from desk.i18n import Forbidden, Refused, Sentence
from desk.tickets.rules import states
from desk.tickets.rules.states import Actor, State


class Link(StrEnum):
    """What a request is to the other one."""

    RELATES = "relates"
    DUPLICATES = "duplicates"
    BLOCKS = "blocks"  # the other cannot be resolved before it
    CHILD = "child"  # a part of the other, asked of another department
    SPLIT = "split"  # what it asks stood in the other
    FOLLOWS = "follows"  # the other ended too long ago to be reopened
    MERGED = "merged"  # what it is owed is owed there


BY_HAND = (Link.RELATES, Link.DUPLICATES, Link.BLOCKS)
TURNED = "turned_"  # seen from the other end: turned_blocks is "waits for"


def direction(word: str) -> tuple[Link, bool]:
    """(kind, turned): of what somebody chose or sees. Raises Refused for what nobody sets by hand."""
    kind = word.removeprefix(TURNED)
    if kind not in BY_HAND:
        raise Refused("tickets.no_such_link", field="kind")
    return Link(kind), word.startswith(TURNED)


def check_link(actor: Actor, kind: Link, *, requester: int, departments: Iterable[int]) -> None:
    """By whoever handles one of the two, or asked for the one at hand; what blocks, only by the former."""
    if any(actor.handles(department) for department in departments):
        return
    if kind is Link.BLOCKS or actor.person != requester:
        raise Forbidden("tickets.only_handlers_link")


def check_ends(one: int, other: int, ahead: Collection[int]) -> None:
    """`ahead`: where the links of this kind lead from the other end. Raises Refused for itself and for a circle."""
    if one == other:
        raise Refused("tickets.link_itself", field="other")
    if one in ahead:
        raise Refused("tickets.link_circle", field="other")


def check_child(actor: Actor, *, department: int, state: State, tier: Tier) -> None:
    """A part of a request is asked for by who handles it; core words are opened by name only."""
    states.check_handles(actor, department)
    states.check_running(state)
    check_not_core([tier])


def check_not_core(tiers: Iterable[Tier]) -> None:
    if Tier.CORE in tiers:
        raise Refused("tickets.link_core")


def check_not_sealed(sealed: bool) -> None:
    """Nothing is made of what is sealed: of that there is a number in the sequence, and a marker."""
    if sealed:
        raise Refused("tickets.sealed_stays")


def check_split(actor: Actor, *, department: int, requester: int, state: State, tiers: Iterable[Tier]) -> None:
    states.check_answer(actor, department=department, requester=requester, state=state)
    check_not_core(tiers)


def check_follow(person: int, *, requester: int, state: State) -> None:
    """What ended goes on as a new request of whoever asked for it."""
    if person != requester:
        raise Forbidden("tickets.only_requester_reopens")
    if state not in states.ENDED:
        raise Refused("tickets.not_ended", state=Sentence(f"tickets.state_{state.value}"))


def check_merge_by(actor: Actor, *, departments: Iterable[int], requesters: Iterable[int]) -> None:
    """By who handles both and asked for neither."""
    for department in departments:
        states.check_handles(actor, department)
    if actor.person in requesters:
        raise Forbidden("tickets.own_request")


def check_into(number: int, state: State) -> None:
    """What is over takes nothing in."""
    if state not in states.RUNNING:
        raise Refused(
            "tickets.merge_ended", field="other", number=number, state=Sentence(f"tickets.state_{state.value}")
        )


def check_blockers(numbers: list[int]) -> None:
    """A request waits for those that block it."""
    if numbers:
        raise Refused("tickets.blocked", numbers=", ".join(f"#{number}" for number in numbers))
