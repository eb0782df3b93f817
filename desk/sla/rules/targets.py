"""What is promised: the same day, half a day, so much business time, or a moment that somebody gave."""

from typing import Any

import msgspec
from msgspec import Struct

from desk.i18n import Invalid, Sentence
from desk.sla.rules import days
from desk.sla.rules.compiled import Compiled
from desk.sla.rules.days import Cutoff


class SameDay(Struct, frozen=True, tag_field="kind", tag="same_day"):
    """By the close of the day it counts as, or of so many business days later."""

    cutoff: Cutoff | None = None
    extra_days: int = 0


class HalfDay(Struct, frozen=True, tag_field="kind", tag="half_day"):
    """Half the business time of the day it counts as."""


class Budget(Struct, frozen=True, tag_field="kind", tag="budget"):
    """So many business seconds."""

    seconds: int


class Moment(Struct, frozen=True, tag_field="kind", tag="moment"):
    """By an instant, open or not; never paused."""

    at: int


Target = SameDay | HalfDay | Budget | Moment


def due(target: Target, started_at: int, calendar: Compiled) -> int:
    """The instant by which a promise that started then is owed, before any pause."""
    match target:
        case SameDay(cutoff=cutoff, extra_days=extra):
            return days.same_day(calendar, started_at, cutoff, extra)
        case HalfDay():
            return days.half_day(calendar, started_at)
        case Budget(seconds=seconds):
            return calendar.add(started_at, seconds)
    return target.at


def seconds(target: Target, started_at: int, calendar: Compiled) -> int:
    """Business seconds between the start and the due: what a pause leaves to use."""
    match target:
        case Budget(seconds=budget):
            return budget
        case HalfDay():
            return days.half_of_day(calendar, started_at)
    return calendar.between(started_at, due(target, started_at, calendar))


def share(percent: int, whole: int) -> int:
    """That many percent of a number of seconds, rounded up."""
    return -(-whole * percent // 100)


def document(target: Target) -> dict[str, Any]:
    """The target as JSON values."""
    found: dict[str, Any] = msgspec.to_builtins(target)
    return found


def read(data: object) -> Target:
    """A target from what `document` wrote. Raises Invalid for anything else."""
    try:
        found: Target = msgspec.convert(data, Target)
    except msgspec.ValidationError:
        raise Invalid({"target": Sentence("sla.bad_target")})
    if (isinstance(found, Budget) and found.seconds < 1) or (isinstance(found, SameDay) and found.extra_days < 0):
        raise Invalid({"target": Sentence("sla.bad_target")})
    return found
