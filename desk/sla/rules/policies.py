"""Which targets a request gets: an ordered list of lines, the first that matches wins; critical targets are rationed.

A critical target is a shorter one, never a fast lane: queues sort by due.
"""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Any

from msgspec import Struct

from desk.i18n import Forbidden, Invalid, Refused, Sentence, either
from desk.sla.rules.kinds import Kind
from desk.sla.rules.targets import Target

SHARE = 15  # percent of a department's open requests that may carry a critical target


class Priority(StrEnum):
    ROUTINE = "routine"
    CRITICAL = "critical"


class Asked(Struct, frozen=True, kw_only=True):
    """What lines may ask about a request: the requester's department, whether the requester holds a critical role."""

    service: int
    department: int
    critical: bool
    priority: Priority = Priority.ROUTINE


class Named(Struct, frozen=True, kw_only=True):
    """A line as promises remember it: `place` is where it stood when it gave a target."""

    zh: str
    en: str
    place: int = 0

    def name(self, language: str) -> str:
        return either(language, self.zh, self.en)


class Line(Named, frozen=True, kw_only=True):
    """What is None (or False) is not asked; a target that is None is the service's own."""

    id: int = 0
    service: int | None = None
    priority: Priority | None = None
    department: int | None = None
    critical: bool = False
    reply: Target | None = None
    resolution: Target | None = None

    @property
    def is_critical(self) -> bool:
        return self.critical or self.priority is Priority.CRITICAL


class Load(Struct, frozen=True):
    """Of a department's open requests (open or waiting for the requester), how many carry a critical target.

    The request in question is counted in both, as if it did.
    """

    carrying: int
    at_work: int

    @property
    def fits(self) -> bool:
        return self.carrying <= most(self.at_work)


class Own(Struct, frozen=True):
    """The targets of the service itself."""

    reply: Target
    resolution: Target


class Standard(Struct, frozen=True, kw_only=True):
    """What a request gets, and by which line. `passed`: one that would have matched, but for the critical share;
    `critical`: the request counts towards that share.
    """

    own: Own
    line: Line | None = None
    passed: Line | None = None
    critical: bool = False

    def target(self, kind: Kind) -> Target:
        return _of(self.line, kind) or _target(self.own, kind)

    def targets(self, *kinds: Kind) -> dict[Kind, Target]:
        return {kind: self.target(kind) for kind in kinds}

    def giver(self, kind: Kind) -> Line | None:
        """The line that gave the target of a kind; None where it is the service's own."""
        return self.line if _of(self.line, kind) is not None else None

    def told(self, kind: Kind) -> dict[str, Any]:
        """What the promise's event remembers."""
        told = {"rule": self.giver(kind), "passed": self.passed}
        return {name: _names(line) for name, line in told.items() if line is not None}


def first_match(asked: Asked, lines: Iterable[Line], *, critical: bool = True) -> Line | None:
    """`critical`: whether lines that give a critical target count."""
    return next((line for line in lines if (critical or not line.is_critical) and matches(line, asked)), None)


def matches(line: Line, asked: Asked) -> bool:
    return (
        line.service in (None, asked.service)
        and line.priority in (None, asked.priority)
        and line.department in (None, asked.department)
        and (asked.critical or not line.critical)
    )


def carries(asked: Asked, line: Line | None) -> bool:
    """Whether the request carries a critical target: by its own priority, or by a line for critical roles."""
    return asked.priority is Priority.CRITICAL or (line is not None and line.is_critical)


def most(at_work: int) -> int:
    """How many of so many open requests may carry a critical target; one always may."""
    return max(1, at_work * SHARE // 100)


def within_share(asked: Asked, lines: Iterable[Line], own: Own, load: Load) -> Standard:
    """For a request that would carry a critical target: with it, or with the next line that is not critical.

    Raises Refused when somebody asked for the critical priority and the department's share is used up.
    """
    known = tuple(lines)
    line = first_match(asked, known)
    if load.fits:
        return Standard(own=own, line=line, critical=True)
    if asked.priority is Priority.CRITICAL or line is None:
        carrying, at_work = load.carrying - 1, load.at_work
        raise Refused("sla.critical_full", carrying=carrying, at_work=at_work, most=most(at_work), share=SHARE)
    return Standard(own=own, line=first_match(asked, known, critical=False), passed=line)


def may_keep(roles: Collection[str]) -> bool:
    """Every employee may read which standards hold; administrators keep them."""
    return "administrator" in roles


def check_may_keep(roles: Collection[str]) -> None:
    """Raises Forbidden."""
    if not may_keep(roles):
        raise Forbidden("sla.policies_administrators_only")


def check_line(line: Line) -> None:
    """Raises Invalid: without a condition a line would take everything, without a target it would give nothing."""
    faults: dict[str, Sentence] = {}
    for field, name in (("name_zh", line.zh), ("name_en", line.en)):
        if not 0 < len(name) <= 120:
            faults[field] = Sentence("sla.policy_name_needed", most=120)
    if not (line.service or line.priority or line.department or line.critical):
        faults["service"] = Sentence("sla.policy_asks_nothing")
    if line.reply is None and line.resolution is None:
        faults["reply"] = Sentence("sla.policy_gives_nothing")
    if faults:
        raise Invalid(faults)


def _names(line: Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in Named.__struct_fields__}


def _of(line: Line | None, kind: Kind) -> Target | None:
    if line is None:
        return None
    return line.resolution if kind is Kind.RESOLUTION else line.reply


def _target(own: Own, kind: Kind) -> Target:
    return own.resolution if kind is Kind.RESOLUTION else own.reply
