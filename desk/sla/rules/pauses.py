"""Why a clock stands still: a set of reasons, some of which end by themselves after so many business days."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from desk.sla.rules import days
from desk.sla.rules.compiled import Compiled
from desk.sla.rules.events import Event

REQUESTER = "requester"
ASKER = "asker"  # of a sign-off or of another department, who is asked back
CAPS: Mapping[str, int] = {REQUESTER: 3, ASKER: 3}  # business days; then the pause needs renewal


class Pause(Struct, frozen=True):
    """From one instant until another; `until` is None while it lasts, `capped` when nobody but time ended it."""

    reason: str
    since: int
    until: int | None = None
    ends_by: int | None = None  # when it ends by itself
    capped: bool = False


def pauses_of(
    events: Iterable[Event], calendar: Compiled, now: int, caps: Mapping[str, int] = CAPS
) -> tuple[Pause, ...]:
    """The pauses that events up to now made, by their beginning; pausing twice for a reason changes nothing."""
    open_now: dict[str, Pause] = {}
    over: list[Pause] = []

    def end_capped(at: int) -> None:
        for pause in list(open_now.values()):
            if pause.ends_by is not None and pause.ends_by <= at:
                over.append(_ended(open_now.pop(pause.reason), pause.ends_by, capped=True))

    for event in events:
        end_capped(event.at)
        reason = event.reason or ""
        if event.kind == "paused" and reason not in open_now:
            days_held = caps.get(reason)
            ends_by = None if days_held is None else days.close_after(calendar, event.at, days_held)
            open_now[reason] = Pause(reason, event.at, ends_by=ends_by)
        elif event.kind == "resumed" and reason in open_now:
            over.append(_ended(open_now.pop(reason), event.at))
    end_capped(now)
    return tuple(sorted([*over, *open_now.values()], key=lambda pause: pause.since))


def _ended(pause: Pause, until: int, *, capped: bool = False) -> Pause:
    return Pause(pause.reason, pause.since, until, pause.ends_by, capped)
