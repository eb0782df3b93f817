"""Cases as anyone may write them, answered with the product's own rules: JSON lines of `desk sla eval`."""

import msgspec
from msgspec import Struct

from desk.i18n import Invalid, Refused
from desk.sla.rules.cases.calendars import Calendars
from desk.sla.rules.cases.promises import CalendarChange, Clock, Responses, Retarget, Thresholds
from desk.sla.rules.cases.questions import Add, Between, HalfDay, NextOpen, PrevOpen, SameDay
from desk.sla.rules.cases.several import Combine, EffectiveStart, Escalate, Hops

Case = (
    Add
    | Between
    | NextOpen
    | PrevOpen
    | SameDay
    | HalfDay
    | Clock
    | Thresholds
    | Retarget
    | CalendarChange
    | Responses
    | Escalate
    | Combine
    | Hops
    | EffectiveStart
)


class _Named(Struct):
    id: str | int | None = None


def answer(line: bytes, calendars: Calendars) -> dict[str, object]:
    """{"id", "result"} or {"id", "error"}: bad input is answered too, with id null when it has none."""
    name = None
    try:
        name = msgspec.json.decode(line, type=_Named).id
        return {"id": name, "result": msgspec.json.decode(line, type=Case).result(calendars)}
    except Invalid as invalid:
        return {"id": name, "error": " ".join(fault.say("en") for fault in invalid.faults.values())}
    except Refused as refused:
        return {"id": name, "error": str(refused)}
    except (msgspec.MsgspecError, ArithmeticError, RecursionError, ValueError) as fault:
        return {"id": name, "error": str(fault)}
