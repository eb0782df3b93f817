"""Shared verdicts 相互服务: the requester has one, and every department that held the request has it too, once."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

Hop = tuple[int, int | None]  # (since, department; None: in the requester's or nobody's hands)


class Verdict(Struct, frozen=True):
    """`shared`: given to the requester; else between departments (ola, handover, sign-off): the promisor's alone."""

    kept: bool
    at: int  # when it was fixed: the answer, the resolving
    department: int
    shared: bool = True


class Tally(Struct):
    kept: int = 0
    broken: int = 0


def tally(requests: Iterable[tuple[Sequence[Hop], Sequence[Verdict]]]) -> dict[int, Tally]:
    """By department. Each verdict counts once for a department, however often the request came back to it."""
    found: dict[int, Tally] = {}
    for hops, verdicts in requests:
        for verdict in verdicts:
            for department in counts_for(verdict, hops):
                one = found.setdefault(department, Tally())
                one.kept, one.broken = one.kept + verdict.kept, one.broken + (not verdict.kept)
    return found


def counts_for(verdict: Verdict, hops: Iterable[Hop]) -> set[int]:
    """The departments that held the request until the verdict, and whoever gave the word."""
    if not verdict.shared:
        return {verdict.department}
    return {verdict.department} | {of for since, of in hops if of is not None and since < verdict.at}
