"""A conversation as cycles: each message of the requester waits for the reply that answers it."""

from collections.abc import Iterable

from msgspec import Struct


class Message(Struct, frozen=True):
    """`asks`: by the requester; `answers`: public, by a handler, not by a robot."""

    name: str
    at: int
    asks: bool
    answers: bool


class Cycle(Struct, frozen=True):
    name: str
    asked_at: int
    answered_at: int | None


def cycles(messages: Iterable[Message]) -> list[Cycle]:
    """One cycle for each asking message, in order of arrival; a later answer answers all that wait for one."""
    found: list[Cycle] = []
    for message in messages:
        if message.asks:
            found.append(Cycle(message.name, message.at, None))
        elif message.answers:
            found = [_answered(cycle, message.at) for cycle in found]
    return found


def _answered(cycle: Cycle, at: int) -> Cycle:
    if cycle.answered_at is not None or at < cycle.asked_at:
        return cycle
    return Cycle(cycle.name, cycle.asked_at, at)
