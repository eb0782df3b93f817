"""Who signs before something is done: steps upward from the one who asks, or the head of a department."""

from collections.abc import Collection, Sequence
from enum import StrEnum

import msgspec

from desk.i18n import Invalid, Sentence

MOST = 3  # signatures that a service may want


class Step(StrEnum):
    SUPERIOR = "superior"  # of the requester
    OWN_SUPERIOR = "own_superior"  # of the handler who asks
    HEAD = "head"  # of the department that holds the request


HEAD_OF = "head:"  # and a department's code
CHOICES = (Step.SUPERIOR, Step.OWN_SUPERIOR, Step.HEAD)


def head_of(step: str) -> str | None:
    """The code of the department whose head it is."""
    return step.removeprefix(HEAD_OF) if step.startswith(HEAD_OF) else None


def check_steps(steps: Sequence[str], departments: Collection[str], field: str = "approver_1") -> None:
    """Raises Invalid."""
    known = {Step.SUPERIOR, Step.HEAD, *(HEAD_OF + code for code in departments)}
    if len(steps) > MOST:
        raise Invalid({field: Sentence("catalog.too_many_approvers", most=MOST)})
    if any(step not in known for step in steps):
        raise Invalid({field: Sentence("catalog.no_such_approver")})
    if len(set(steps)) < len(steps):
        raise Invalid({field: Sentence("catalog.approver_twice")})


def read(stored: str) -> tuple[str, ...]:
    """From the JSON that a service keeps."""
    return msgspec.json.decode(stored, type=tuple[str, ...])
