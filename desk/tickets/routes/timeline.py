"""A request as a conversation: what people wrote, what the desk noted, what may not be read; by day."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from desk.disclosure.rules import Marker
from desk.journal.rules import Tag
from desk.sla.queries import renewals
from desk.sla.queries.promises import Told
from desk.tickets.queries.portions import EventRow, HopRow, Portions
from desk.tickets.routes import telling
from desk.tickets.routes.lines import Line, lines
from desk.tickets.routes.telling import MarkerLine, Teller, marker

ICONS = {
    Tag.REQUEST_TAKEN: "handshake",
    Tag.REQUEST_ASSIGNED: "user",
    Tag.REQUEST_HANDED_OVER: "arrow-right-left",
    Tag.PRIORITY_SET: "star",
    Tag.FILES_ATTACHED: "file-text",
    Tag.LETTER_AUTOMATIC: "mail",
    Tag.REQUEST_ACCEPTED: "circle-check",
    Tag.ACCEPTANCE_LAPSED: "circle-check",
    Tag.REQUEST_NOT_YET: "rotate-ccw",
    Tag.REQUEST_REOPENED: "rotate-ccw",
    Tag.REQUEST_WITHDRAWN: "x",
    Tag.PAUSE_LAPSED: "bell",
    Tag.PROMISE_BROKEN: "state-broken",
    Tag.RENEWAL_ASKED: "calendar-clock",
    Tag.PROMISE_RENEWED: "handshake",
    Tag.RENEWAL_REFUSED: "x",
    Tag.WORDS_OPENED: "eye",
    Tag.LABEL_RAISED: "tier-3",
    Tag.LABEL_LOWERED: "eye",
    Tag.SEAL_ENDED: "eye",
    Tag.RECUSED: "user",
    Tag.RECUSAL_ENDED: "user",
    Tag.SIGN_OFF_PASSED_ON: "signature",
    Tag.ASK_RECALLED: "x",
    Tag.REQUEST_LINKED: "paperclip",
    Tag.REQUEST_UNLINKED: "x",
    Tag.CHILD_FILED: "layout-list",
    Tag.REQUEST_SPLIT: "copy",
    Tag.REQUEST_FOLLOWED: "arrow-right",
    Tag.REQUEST_MERGED: "inbox",
    Tag.REMOVAL_ASKED: "circle-help",
    Tag.WORDS_REMOVED: "x",
    Tag.REMOVAL_REFUSED: "rotate-ccw",
}
_RENEWALS: dict[str, str] = {
    Tag.RENEWAL_ASKED: "renewal_asked",
    Tag.PROMISE_RENEWED: "renewed",
    Tag.RENEWAL_REFUSED: "renewal_refused",
}


class Event(Struct, frozen=True):
    icon: str
    text: str
    at: datetime
    opens: bool = False  # it comes before words of the same instant
    href: str = ""  # where something is to be decided
    shape: str = "event"


class Day(Struct, frozen=True):
    text: str
    shape: str = "day"


Shown = Line | Event | Day | MarkerLine


def timeline(
    request: Mapping[str, Any], found: Portions, by: Teller, *, handles: bool, asks: bool
) -> list[Line | Event]:
    """Lines and events in the order in which they happened. `handles`, `asks`: what the reader is in this request."""
    told: list[Line | Event] = [*lines(request, found, by, handles=handles, asks=asks)]
    said_at = {request["filed_at"], *(row["at"] for row in found.updates)}
    told += [
        _event(row, found, by)
        for row in found.events
        if not (row["tag"] == Tag.FILES_ATTACHED and row["at"] in said_at)
    ]
    return sorted(told, key=lambda one: (one.at, _rank(one)))


def _rank(one: Line | Event) -> int:
    """Of what happened at one instant: the request, who took it, words (whoever replies first takes it), the rest."""
    if isinstance(one, Event):
        return 1 if one.opens else 3
    return 0 if one.kind == "request" else 2


def by_day(
    told: Iterable[Line | Event], markers: list[Marker], names: dict[int, str], by: Teller, *, number: int
) -> list[Shown]:
    """Each day under its name; markers at the end of their day, whatever hour the words have."""
    days: dict[date, list[Shown]] = {}
    for line in told:
        days.setdefault(by.times.local(line.at).date(), []).append(line)
    for one in markers:
        days.setdefault(one.day, []).append(marker(one, names, by, number=number))
    shown: list[Shown] = []
    for day in sorted(days):
        shown += [Day(by.times.day(day)), *days[day]]
    return shown


def _event(row: EventRow, found: Portions, by: Teller) -> Event:
    tag = Tag(row["tag"])
    values = {name: by.either(row, name) for name in ("giving", "receiving")}
    values["priority"] = by.say(f"priority_{row['priority']}") if row["priority"] else ""
    if row["link"]:
        values |= {"link": by.say(f"link_{row['link']}"), "other": f"#{row['other']}"}
    of = next((one for one in found.promises if one.id == row["promise"]), None)
    values |= {"until": by.when(row["until"]) if row["until"] else "", "what": (of and of.what) or ""}
    text = by.say(
        f"event_{tag.value}",
        by=row["by"] or "",
        handler=row["handler"] or "",
        recipient=row["recipient"] or "",
        **values,
    )
    for kind, old, due in row["dues"] or ():
        text += by.say("event_due", kind=by.say(f"kind_{kind}"), old=by.when(old), due=by.when(due))
    if of and tag is Tag.PROMISE_BROKEN:
        text = by.say("event_word_broken", word=telling.given(of, by))
    if reason := _reason(row, of, found.hops):
        text += by.say("event_reason", reason=reason)
    href = "removals" if tag is Tag.REMOVAL_ASKED else ""
    return Event(ICONS[tag], text, row["at"], opens=tag in (Tag.REQUEST_TAKEN, Tag.REQUEST_ASSIGNED), href=href)


def _reason(row: EventRow, of: Told | None, hops: list[HopRow]) -> str | None:
    """Of a handover, and of what was said when a word was to move; it stands where it was given, not in the journal."""
    if row["tag"] == Tag.REQUEST_HANDED_OVER:
        return next((hop["reason"] for hop in hops if hop["since"] == row["at"]), None)
    kind = _RENEWALS.get(row["tag"])
    return renewals.words(of, kind, row["at"]) if of and kind else None
